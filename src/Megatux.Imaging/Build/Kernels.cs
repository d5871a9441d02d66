using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>The kernels that an experiment boots, found where Debian's packages put them unless the project says where.</summary>
/// <param name="Host">What hosts boot.</param>
/// <param name="Guest">What guests boot; null for containers, which share their host's.</param>
internal sealed record Kernels(KernelImage Host, KernelImage? Guest)
{
    /// <summary>The kernels' files, and their folders: a newer kernel may come there, and then is the one to take.</summary>
    internal IEnumerable<string> Looked =>
        new[] { Host, Guest }.OfType<KernelImage>().SelectMany(kernel => new[] { kernel.Path, Path.GetDirectoryName(kernel.Path)! });

    internal static Kernels Find(BuildRequest request, Hypervisor hypervisor)
    {
        var catalog = new KernelCatalog();
        KernelImage? guest = hypervisor switch
        {
            Hypervisor.Uml when PathIn(request, "GuestKernel") is { } path => Named("GuestKernel", () => catalog.OpenUml(path)),
            Hypervisor.Uml => Named("GuestKernel", catalog.FindUml),
            Hypervisor.Qemu => Named("GuestKernel", () => FindBootable(catalog, request, "GuestKernel")),
            _ => null,
        };
        return new Kernels(Named("HostKernel", () => FindBootable(catalog, request, "HostKernel")), guest);
    }

    private static KernelImage FindBootable(KernelCatalog catalog, BuildRequest request, string property) =>
        PathIn(request, property) is { } path
            ? catalog.OpenHost(path)
            : catalog.FindHost(request.Setting(property) is { Length: > 0 } version ? version : null);

    /// <summary>A value with a slash is a path, another one a version.</summary>
    private static string? PathIn(BuildRequest request, string property) =>
        request.Setting(property) is { Length: > 0 } value && (value.Contains('/') || File.Exists(request.PathOf(value))) ? request.PathOf(value) : null;

    private static KernelImage Named(string property, Func<KernelImage> find)
    {
        try
        {
            return find();
        }
        catch (MegatuxException failure) when (failure.Problem.Subject is null)
        {
            throw new MegatuxException(failure.Problem with { Subject = property }, failure);
        }
    }
}
