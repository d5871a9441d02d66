using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>
/// The names of an image that somebody asked for, with what is below them and the folders above. Whether a path is among
/// them depends on the path alone, never on what happens to be there at the moment.
/// </summary>
internal sealed class Selection
{
    private readonly string _image;
    private readonly string[] _paths;
    private readonly bool[] _found;

    internal Selection(string image, IReadOnlyList<string> paths)
    {
        _image = image;
        _paths = [.. paths.Select(path => ImagePath.Normalize("", path.TrimStart('/')) ?? path)];
        _found = new bool[_paths.Length];
        if (_paths.Contains(""))
            _paths = [];
    }

    internal bool Wants(string path)
    {
        if (_paths.Length == 0)
            return true;
        bool wanted = path.Length == 0;
        for (int i = 0; i < _paths.Length; i++)
        {
            bool below = IsAtOrBelow(path, _paths[i]);
            _found[i] |= below;
            wanted |= below || IsAtOrBelow(_paths[i], path);
        }

        return wanted;
    }

    internal void ExpectAllFound()
    {
        for (int i = 0; i < _paths.Length; i++)
            if (!_found[i])
                throw new MegatuxException(ErrorCodes.NotInImage,
                    $"{_image} has no {PathText.Show(_paths[i])}: `megatux image ls --paths` shows what it has; a name that is reached through a link is to be given as the link resolves.");
    }

    private static bool IsAtOrBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');
}
