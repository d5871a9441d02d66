using System.Text.Json;

namespace Megatux.Model;

/// <summary>
/// The checks of an experiment (<c>validation.json</c>), which a build leaves beside the manifest and in no image: a check
/// that changes packs nothing.
/// </summary>
public sealed partial class ValidationList
{
    /// <summary>The file's usual name.</summary>
    public const string FileName = "validation.json";

    /// <summary>The one version of the file's form that this version writes and reads.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The longest file in bytes.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>The most checks of an experiment.</summary>
    public const int MostChecks = 256;

    private ValidationList(string experiment, IReadOnlyList<Validation> checks) => (Experiment, Checks) = (experiment, checks);

    /// <summary>Name of the experiment.</summary>
    public string Experiment { get; }

    /// <summary>The checks, in the project's order.</summary>
    public IReadOnlyList<Validation> Checks { get; }

    /// <summary>Reads the checks that a project declares.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="items">The project's items.</param>
    /// <param name="compile">Compiles an expression, or throws a <see cref="MegatuxException"/>.</param>
    /// <exception cref="MegatuxException">One of them is at fault.</exception>
    public static ValidationList Of(Experiment experiment, IEnumerable<ValidationItem> items, Action<string> compile)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(compile);
        var reader = new ValidationReader(experiment, compile);
        Validation[] checks = [.. items.Select(reader.Read)];
        if (checks.Length > MostChecks)
            throw new MegatuxException(ErrorCodes.PlanValueOutOfRange, $"The project has {checks.Length} checks: expected {MostChecks} at most.", $"{Validation.Item}:{checks[^1].Name}");
        var list = new ValidationList(experiment.Name, checks);
        return list.ToJson().Length <= MaxLength ? list : throw new MegatuxException(ErrorCodes.PlanValueOutOfRange,
            $"The project's checks take more than {MaxLength} bytes together: use fewer, or node sets of fewer ranges.", $"{Validation.Item}:{checks[^1].Name}");
    }

    /// <summary>Reads a file's bytes. Nothing is guessed: what Megatux would not have written is refused.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="file">The file's path, for messages.</param>
    /// <param name="experiment">The experiment that it must be of.</param>
    /// <exception cref="MegatuxException">It is no such file.</exception>
    public static ValidationList Parse(ReadOnlySpan<byte> json, string file, Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        if (json.Length > MaxLength)
            throw Refused(file, $"it is longer than {MaxLength} bytes.");
        ValidationDocument document;
        try
        {
            if (JsonSerializer.Deserialize(json, ValidationJson.Default.SchemaDocument)?.Schema is var schema && schema != SchemaVersion)
                throw Refused(file, $"it has schema {schema}, and this version reads {SchemaVersion}.");
            document = JsonSerializer.Deserialize(json, ValidationJson.Default.ValidationDocument) ?? throw new JsonException("It is null.");
        }
        catch (JsonException malformed)
        {
            throw new MegatuxException(ErrorCodes.ValidationFileMalformed, $"{file} holds no checks that Megatux wrote: {malformed.Message} Build the experiment again.",
                where: new SourceLocation(file, (int)(malformed.LineNumber + 1 ?? 0), (int)(malformed.BytePositionInLine + 1 ?? 0)), inner: malformed);
        }

        if (document.Experiment != experiment.Name)
            throw Refused(file, $"it is of the experiment '{Wording.Shorten(document.Experiment)}', not of {experiment.Name}.");
        try
        {
            // Who wrote it has compiled its expressions, and who runs them does so again.
            ValidationList list = Of(experiment, document.Checks.Select(check => (check ?? throw Refused(file, "a check is null.")).ToItem()), static _ => { });
            return list.ToJson().AsSpan().SequenceEqual(json) ? list : throw Refused(file, "its values are not written as Megatux writes them.");
        }
        catch (MegatuxException fault) when (fault.Problem.Code != ErrorCodes.ValidationFileMalformed)
        {
            throw Refused(file, fault.Problem.Message, fault);
        }
    }

    private static MegatuxException Refused(string file, string message, Exception? inner = null) =>
        new(ErrorCodes.ValidationFileMalformed, $"{file} holds no checks that Megatux wrote: {message} Build the experiment again.", where: new SourceLocation(file), inner: inner);
}
