using Megatux.Model;

namespace Megatux.Imaging;

// Packages and programs, with the libraries that they need and what lies below them lacks. Those of the same nodes make one member.
public sealed partial class ExperimentBuild
{
    private void AddPackages(ImageKind image, ImageBuilder builder, bool ofSomeNodes)
    {
        foreach ((NodeSet? nodes, BuildItem[] items) in ByNodes(image, $"{image}Package", ofSomeNodes))
        {
            string wanted = string.Join(' ', items.Select(item => $"{item.Include}={item["Version"]}{FileDigest(item)}"));
            builder.AddDear(PartOf(builder, "packages", nodes, items), $"packages {wanted}", lower => ReadPackages(items, lower), followLinks: true, nodes: nodes);
        }
    }

    /// <summary>A package that is a file of the user's may change under its name; one of Debian's does not.</summary>
    private string FileDigest(BuildItem item)
    {
        if (!DebianPackages.IsPath(item.Include))
            return "";
        string path = _request.PathOf(item.Include);
        _watched.Add(path);
        return File.Exists(path) ? $" {_digests.OfFile(path)}" : "";
    }

    private List<ImageEntry> ReadPackages(BuildItem[] items, ImageStack lower)
    {
        var entries = new List<ImageEntry>();
        foreach (BuildItem item in items)
        {
            _log.Tell($"  fetching package {item.Include}");
            string name = DebianPackages.IsPath(item.Include) ? _request.PathOf(item.Include) : item.Include;
            var packages = new DebianPackages(StatePath(PackagesFolder), StatePath(SpoolFolder), Limits(), item.Subject);
            List<ImageEntry> files = packages.Read(name, item["Version"], _cancellation);

            // What the packages that it depends on bring may need more of them.
            var sought = new HashSet<string>(StringComparer.Ordinal);
            ClosureCheckResult closure = Closure(item, files, entries, lower);
            while (closure.Missing.Select(library => library.Name).Where(sought.Add).ToList() is { Count: > 0 } libraries)
            {
                LibrarySearch found = packages.FindLibraries(name, item["Version"], libraries, _cancellation);
                if (found.Missing is [{ } missing, ..])
                    throw new MegatuxException(ErrorCodes.LibraryMissing,
                        $"The package {item.Include} needs the library {missing} (for {closure.Missing.First(library => library.Name == missing).NeededBy}), which neither the image, this machine nor the packages that it depends on have: add the package that has it.", item.Subject);
                files.AddRange(found.Entries);
                closure = Closure(item, files, entries, lower);
            }

            entries.AddRange([.. files, .. closure.Added]);
        }

        return entries;
    }

    private static ClosureCheckResult Closure(BuildItem item, List<ImageEntry> files, List<ImageEntry> others, ImageStack lower) =>
        ClosureCheck.Missing(MemberLayout.Arrange(files, lower, item.Subject, followLinks: true, item.Subject), new EntriesView(others, lower), subject: item.Subject);

    private void AddPrograms(ImageKind image, ImageBuilder builder, bool ofSomeNodes)
    {
        bool withHypervisor = image == ImageKind.Host && !ofSomeNodes;
        List<(NodeSet? Nodes, BuildItem[] Items)> groups = ByNodes(image, $"{image}Program", ofSomeNodes);
        if (withHypervisor && groups.Count == 0)
            groups.Add((null, []));
        foreach ((NodeSet? nodes, BuildItem[] items) in groups)
        {
            List<ClosureProgram> programs = [.. items.Select(item => new ClosureProgram(_request.PathOf(item.Include), item["Path"], item.Subject))];
            if (withHypervisor)
                programs.AddRange(HypervisorFiles.Programs(_experiment.Hypervisor, _kernels));
            List<ImageEntry> entries = [.. ProgramClosure.Compute(programs, new ClosureOptions { Lower = builder.Below(nodes), Looked = _watched.Add })];
            if (withHypervisor)
                entries.AddRange(HypervisorFiles.Data(_experiment.Hypervisor, _watched.Add));
            builder.Add(PartOf(builder, "programs", nodes, items), entries, followLinks: true, subject: $"{image}Program", nodes: nodes);
        }
    }

    /// <summary>Items of one kind, those of the same nodes together, in the project's order.</summary>
    private List<(NodeSet? Nodes, BuildItem[] Items)> ByNodes(ImageKind image, string kind, bool ofSomeNodes) =>
        [.. _request.ItemsOf(kind).Where(item => item["Nodes"] is not null == ofSomeNodes)
            .GroupBy(item => NodesOf(image, item)).Select(group => (group.Key, group.ToArray()))];

    /// <summary>A member of some nodes is called as the first thing in it, as there may be several.</summary>
    private static string PartOf(ImageBuilder builder, string kind, NodeSet? nodes, BuildItem[] items) =>
        nodes is null ? kind : Unique(builder, $"{kind}-{Path.GetFileName(items[0].Include)}");
}
