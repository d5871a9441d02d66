namespace Megatux.Imaging;

public sealed partial class DebianPackages
{
    private HashSet<string>? _knownNames;

    /// <summary>
    /// Names of the packages that a package needs (Pre-Depends, then Depends), each once. Of alternatives, the first
    /// that exists in the cache folder or for apt.
    /// </summary>
    /// <param name="package">Name of a package, or path of a .deb file.</param>
    /// <param name="version">The exact version wanted, or null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="Megatux.Model.MegatuxException">One of MTX2401 to MTX2406.</exception>
    public IReadOnlyList<string> Dependencies(string package, string? version, CancellationToken cancellation) =>
        DependenciesOf(Resolve(package, version, cancellation), cancellation);

    private List<string> DependenciesOf(string deb, CancellationToken cancellation)
    {
        ToolResult control = Guard("dpkg-deb", program =>
            Tool.Run(program, ["--field", deb, "Pre-Depends", "Depends"], folder: null, LocalDeadline, cancellation));
        if (control.ExitCode != 0)
            throw Damaged(deb, control);

        var names = new List<string>();
        foreach (string field in (string[])["Pre-Depends", "Depends"])
        {
            foreach (string value in Fields(control.Output, field))
            {
                foreach (string relation in value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    string name = Choose(relation, cancellation);
                    if (!names.Contains(name))
                        names.Add(name);
                }
            }
        }

        return names;
    }

    // "default-mta | mail-transport-agent (>= 2) [linux-any]": most relations have no alternative and need no look.
    private string Choose(string relation, CancellationToken cancellation)
    {
        string[] alternatives = relation.Split('|');
        for (int i = 0; i < alternatives.Length; i++)
            alternatives[i] = alternatives[i].Trim().Split(' ', '(', '[', ':')[0];
        if (alternatives.Length > 1)
        {
            foreach (string name in alternatives)
            {
                if (KnownNames(cancellation).Contains(name) || Kept(name, version: null, cancellation) is not null)
                    return name;
            }
        }

        return alternatives[0];
    }

    // Those with a version: without AllNames apt leaves out names that others merely mention.
    private HashSet<string> KnownNames(CancellationToken cancellation) =>
        _knownNames ??= [.. Guard("apt-cache", program => Tool.Run(program, ["pkgnames"], folder: null, LocalDeadline, cancellation))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    // Debian Policy 5.1: a field may go on in lines that start with a space.
    private static IEnumerable<string> Fields(string control, string name)
    {
        string? value = null;
        foreach (string line in control.Split('\n'))
        {
            if (value is not null && line.StartsWith(' '))
            {
                value += line;
                continue;
            }

            if (value is not null)
                yield return value.Trim();
            value = line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase) ? line[(name.Length + 1)..] : null;
        }

        if (value is not null)
            yield return value.Trim();
    }
}
