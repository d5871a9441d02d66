namespace Megatux.Model;

public static partial class ErrorCodes
{
    /// <summary>The project sets a property that Megatux does not know and nothing uses. The message gives the nearest known name.</summary>
    public const string PropertyUnknown = "MTX1001";

    /// <summary>The project has an item that Megatux does not know and nothing uses. The message gives the nearest known name.</summary>
    public const string ItemUnknown = "MTX1002";

    /// <summary>An item has metadata that its kind does not know. The message gives the nearest known name.</summary>
    public const string MetadataUnknown = "MTX1003";

    /// <summary>A property's value is not of the form that it must have.</summary>
    public const string PropertyMalformed = "MTX1004";

    /// <summary>An item lacks metadata that it needs, or its value is not of the form that it must have.</summary>
    public const string MetadataMalformed = "MTX1005";

    /// <summary>The project file itself cannot be read as XML.</summary>
    public const string ProjectUnreadable = "MTX1006";
}
