using Megatux.Imaging;

namespace Megatux.Benchmarks;

/// <summary>
/// Debian packages that are fetched by apt and unpacked into a folder. None is installed, since what installs a server's package
/// starts the server.
/// </summary>
internal static class UnpackedPackages
{
    /// <summary>Unpacks packages into a folder, unless their program is installed.</summary>
    /// <returns>True when the program is there now; else the report says which package is missing.</returns>
    internal static bool Bring(Workshop shop, Report report, string folder, string program, params string[] packages)
    {
        if (Command.Find(program) is not null)
            return true;
        try
        {
            var debian = new DebianPackages(shop.NewFolder("packages"), shop.NewFolder("spool"), ArchiveLimits.Default, subject: null);
            foreach (string package in packages)
                Shell.Run("dpkg-deb", "--extract", debian.Fetch(package, version: null, CancellationToken.None), folder);
            return true;
        }
        catch (Model.MegatuxException refused)
        {
            report.Missing(program, packages[0]);
            report.Note(refused.Message);
            return false;
        }
    }
}
