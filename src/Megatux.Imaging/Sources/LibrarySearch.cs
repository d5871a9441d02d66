namespace Megatux.Imaging;

/// <summary>What a search for shared libraries in a package's dependencies found.</summary>
/// <param name="Entries">
/// The libraries' files with the links that lead to them and their folders (implicit), ordered by path.
/// </param>
/// <param name="Providers">The package in which each library was found, by soname.</param>
/// <param name="Missing">Sonames that were not found, in ordinal order.</param>
/// <param name="Unread">What kept a dependency from being searched, a sentence for each.</param>
public sealed record LibrarySearch(
    IReadOnlyList<ImageEntry> Entries,
    IReadOnlyDictionary<string, string> Providers,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unread);
