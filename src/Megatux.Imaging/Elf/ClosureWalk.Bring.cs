using Megatux.Model;

namespace Megatux.Imaging;

internal sealed partial class ClosureWalk
{
    /// <summary>
    /// Brings a file of this machine to a path of the image, with the links that lead to it: libz.so.1 stays a link to
    /// libz.so.1.2.13. Returns the path inside the image where the file itself lies.
    /// </summary>
    public string Bring(string machinePath, string imagePath, bool mayReplace, string? subject)
    {
        bool moved = !SamePath(machinePath, imagePath);
        for (int links = 0; links <= ImagePath.MostLinks; links++)
        {
            ResolvedPath here = ImagePath.Resolve(source.Machine, machinePath, followLast: false);
            string place = PlaceOf(imagePath, machinePath, subject);
            if (here.Entry is { Kind: EntryKind.SymbolicLink, LinkTarget: { } target })
            {
                // A moved file keeps only links to names beside it: others would lead to where it was.
                if (!moved || !target.Contains('/'))
                {
                    entries.Put(here.Entry with { Path = place }, mayReplace, subject);
                    imagePath = ImagePath.Join(ImagePath.FolderOf(place), target);
                }

                machinePath = ImagePath.Join(ImagePath.FolderOf(here.Path), target);
                continue;
            }

            if (here is not { Fault: PathFault.None, Entry: { Kind: EntryKind.File } file })
                break;
            entries.Put(file with { Path = place }, mayReplace, subject);
            return place;
        }

        throw new MegatuxException(ErrorCodes.ProgramLinkLoop,
            $"{machinePath}: its links run in a circle or lead nowhere. Mend the links on this machine.", subject);
    }

    private string PlaceOf(string imagePath, string machinePath, string? subject)
    {
        ResolvedPath place = ImagePath.Resolve(entries, imagePath, followLast: false);
        return place.Fault switch
        {
            PathFault.None when place.Path.Length > 0 => place.Path,
            PathFault.NotADirectory => throw new MegatuxException(ErrorCodes.ProgramTargetInvalid,
                $"{machinePath} belongs at {imagePath} of the image, where /{place.Path} is no directory. Give it another path in the image.", subject),
            _ => throw new MegatuxException(ErrorCodes.ProgramTargetInvalid,
                $"{machinePath} belongs at {imagePath} of the image, where links run in a circle. Give it another path in the image.", subject),
        };
    }

    private static bool SamePath(string one, string other) => one.TrimStart('/') == other.TrimStart('/');
}
