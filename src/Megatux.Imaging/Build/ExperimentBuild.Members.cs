using System.Globalization;
using Megatux.Model;

namespace Megatux.Imaging;

// The members of both images, from the lowest layer to the highest.
public sealed partial class ExperimentBuild
{
    private ImageBuilder BuildMembers(ImageKind image, MemberStore store)
    {
        var builder = new ImageBuilder(image, store, _log, _cancellation);
        AddBase(image, builder);
        if (_request.Flag("UseModules"))
            AddModules(image, builder);
        AddPackages(image, builder, ofSomeNodes: false);
        AddPrograms(image, builder, ofSomeNodes: false);
        builder.Add("init", [InitOf(image), AgentOf(image)]);
        AddOverlays(image, builder, ofSomeNodes: false);
        AddTemplates(image, builder);
        AddPackages(image, builder, ofSomeNodes: true);
        AddPrograms(image, builder, ofSomeNodes: true);
        AddOverlays(image, builder, ofSomeNodes: true);
        builder.CheckLinks();
        return builder;
    }

    private void AddBase(ImageKind image, ImageBuilder builder)
    {
        string property = $"{image}Base";
        string value = _request.Setting(property);
        ArchiveLimits limits = Limits();
        if (value == "busybox")
        {
            List<ImageEntry> busybox = BusyboxBase.Read(property, _cancellation);
            Watch(busybox);
            builder.Add("base", busybox, subject: property);
            return;
        }

        string path = _request.PathOf(value);
        if (Directory.Exists(path))
        {
            List<ImageEntry> entries = FolderSource.Read(path, property, _cancellation,
                (string name, in Linux.FileStatus status) => _watched.Add(name.Length == 0 ? path : $"{path}/{name}", FileSignature.Of(status)));
            builder.Add("base", entries, subject: property);
            return;
        }

        _watched.Add(path);
        if (!File.Exists(path))
            throw new MegatuxException(ErrorCodes.SourceNotReadable,
                $"{property} is '{value}', but there is no {path}: expected 'busybox', an archive (.tgz, .tar, .tar.bz2) or a folder.", property);
        builder.AddDear("base", $"archive {_digests.OfFile(path)} {limits}",
            _ => ArchiveSource.Read(path, StatePath(SpoolFolder), limits, property, _cancellation), subject: property);
    }

    private ArchiveLimits Limits()
    {
        string text = _request.Setting("BaseSizeLimit");
        const long mebibyte = 1 << 20;
        return text.Length == 0 ? new ArchiveLimits()
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number is > 0 and < long.MaxValue / mebibyte
                ? new ArchiveLimits { MaxBytes = number * mebibyte }
                : throw new MegatuxException(ErrorCodes.PropertyMalformed, $"BaseSizeLimit is '{text}': expected a number of MiB, from 1.", "BaseSizeLimit");
    }

    private void AddModules(ImageKind image, ImageBuilder builder)
    {
        BuildItem[] items = [.. _request.ItemsOf("KernelModule").Where(item => ImageOf(item, ImageKind.Host) == image)];
        KernelImage? kernel = image == ImageKind.Host ? _kernels.Host : _kernels.Guest;
        if (items.Length == 0)
            return;
        if (kernel is null)
            throw new MegatuxException(ErrorCodes.MetadataMalformed,
                $"The kernel module {items[0].Include} is for guests, but containers have no kernel of their own: load it on the hosts.", items[0].Subject);

        // depmod writes all indexes at once.
        _watched.Add(Path.Combine(kernel.ModulesFolder, "modules.dep"));
        ModuleTree tree = ModuleTree.Open(kernel.ModulesFolder, kernel.Version);
        var order = new List<KernelModule>();
        var builtIn = new List<string>();
        foreach (BuildItem item in items)
        {
            ModulePlan plan = tree.Resolve([item.Include], item.Subject);
            order.AddRange(plan.Modules.Where(module => !order.Exists(known => known.Path == module.Path)));
            builtIn.AddRange(plan.BuiltIn.Except(builtIn));
        }

        if (builtIn.Count > 0)
            _log.Detail($"  {builder.NameOf("modules")}: {string.Join(", ", builtIn)} built into {kernel.Version}");
        IReadOnlyList<ImageEntry> entries = tree.Entries(new ModulePlan(order, builtIn), new ModuleEntryOptions { Lower = builder.Stack, Decompress = true });
        Watch(entries);
        builder.Add("modules", entries, followLinks: true, subject: "KernelModule");
    }

    /// <summary>The first program: the agent, or a script of the project's own that becomes it.</summary>
    private ImageEntry InitOf(ImageKind image) =>
        OwnTemplate(InitTemplate(image)) is { } template
            ? new ImageEntry { Path = "init", Kind = EntryKind.File, Mode = Modes.Program, Content = Render(template), Origin = template }
            : new ImageEntry { Path = "init", Kind = EntryKind.SymbolicLink, Mode = Modes.Link, LinkTarget = $"sbin/{OutputNames.Agent(image)}" };

    private ImageEntry AgentOf(ImageKind image)
    {
        string name = OutputNames.Agent(image);
        string path = Path.Combine(_request.SdkFolder, OutputNames.AgentsInSdk, name);
        _watched.Add(path);
        return File.Exists(path)
            ? new ImageEntry { Path = $"sbin/{name}", Kind = EntryKind.File, Mode = Modes.Program, Content = new FileContent(path, new FileInfo(path).Length), Origin = path }
            : throw new MegatuxException(ErrorCodes.AgentMissing, $"The SDK holds no {path}: install the package Megatux.Sdk again, or pack it with ./build.sh Pack.");
    }

    private void AddOverlays(ImageKind image, ImageBuilder builder, bool ofSomeNodes)
    {
        var source = new OverlaySource(_renderer, _variables, _watched);
        foreach (BuildItem item in _request.ItemsOf($"{image}Overlay"))
        {
            if (item["Nodes"] is null == ofSomeNodes)
                continue;
            NodeSet? nodes = NodesOf(image, item);
            string folder = Path.TrimEndingDirectorySeparator(_request.PathOf(item.Include));
            bool allowDangling = Flags.Parse(item["AllowDanglingLinks"] ?? "false", $"AllowDanglingLinks of {item.Include}", item.Subject);
            builder.AddOverlay(Unique(builder, $"overlay-{Path.GetFileName(folder)}"), source.Read(folder, item.Subject, _cancellation), nodes, allowDangling, item.Subject);
        }
    }

    /// <summary>The nodes that get what an item brings; null when all do.</summary>
    private NodeSet? NodesOf(ImageKind image, BuildItem item)
    {
        if (item["Nodes"] is not { } text)
            return null;
        NodeSet nodes;
        try
        {
            nodes = _experiment.Parse(text);
        }
        catch (MegatuxException malformed)
        {
            throw new MegatuxException(malformed.Problem with { Subject = item.Subject });
        }

        return _experiment.CheckNodes(nodes, image, item.Subject) is { } problem ? throw new MegatuxException(problem) : nodes;
    }

    private void AddTemplates(ImageKind image, ImageBuilder builder)
    {
        var entries = new List<ImageEntry>();
        foreach (BuildItem item in _request.ItemsOf("Template"))
        {
            if (item["Image"] is not ("both" or null) && ImageOf(item, image) != image)
                continue;
            string template = _request.PathOf(item.Include);
            if (item["Path"] is not { Length: > 0 } target || ImagePath.Normalize("", target.TrimStart('/')) is not { Length: > 0 } path)
                throw new MegatuxException(ErrorCodes.MetadataMalformed,
                    $"The template {item.Include} needs Path, the path of the rendered file in the image, such as Path=\"etc/motd\".", item.Subject);
            if (!File.Exists(template))
                throw new MegatuxException(ErrorCodes.TemplateUnreadable, $"There is no template {template}: make it, or correct the path (it is relative to the project's folder).", item.Subject);
            entries.Add(new ImageEntry { Path = path, Kind = EntryKind.File, Mode = ModeOf(item), Content = Render(template), Origin = template });
        }

        builder.Add("templates", entries, followLinks: true, subject: "Template");
    }

    private static int ModeOf(BuildItem item)
    {
        if (item["Mode"] is not { } text)
            return Modes.File;
        int mode = 0;
        foreach (char digit in text)
            mode = digit is >= '0' and <= '7' && mode < 0x1000 ? (mode * 8) + (digit - '0') : int.MaxValue;
        return mode <= CpioFormat.PermissionMask ? mode
            : throw new MegatuxException(ErrorCodes.MetadataMalformed, $"Mode of {item.Include} is '{text}': expected octal digits such as 0755.", item.Subject);
    }

    private static ImageKind ImageOf(BuildItem item, ImageKind standard) => item["Image"] switch
    {
        null => standard,
        "host" => ImageKind.Host,
        "guest" => ImageKind.Guest,
        string other => throw new MegatuxException(ErrorCodes.MetadataMalformed,
            $"Image of {item.Include} is '{other}': expected host or guest{(item.Kind == "Template" ? ", or both" : "")}.", item.Subject),
    };

    private void Watch(IEnumerable<ImageEntry> entries)
    {
        foreach (ImageEntry entry in entries)
            if (entry.Content is FileContent file)
                _watched.Add(file.Path);
    }

    private static string Unique(ImageBuilder builder, string part)
    {
        string name = part;
        for (int number = 2; builder.Members.Any(member => member.Name == builder.NameOf(name)); number++)
            name = string.Create(CultureInfo.InvariantCulture, $"{part}-{number}");
        return name;
    }
}
