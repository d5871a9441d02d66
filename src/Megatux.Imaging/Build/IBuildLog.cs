namespace Megatux.Imaging;

/// <summary>Where a build says what it does.</summary>
public interface IBuildLog
{
    /// <summary>Says something that a person who waits wants to know.</summary>
    void Tell(string message);

    /// <summary>Says something for whoever looks closer.</summary>
    void Detail(string message);
}
