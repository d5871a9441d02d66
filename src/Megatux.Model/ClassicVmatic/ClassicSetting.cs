namespace Megatux.Model;

/// <summary>A name with its value, all references in it resolved.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value without quotes and comments.</param>
/// <param name="Where">File and line at which it was set.</param>
internal sealed record ClassicSetting(string Name, string Value, SourceLocation Where);
