using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Megatux.Model;

// From a file's bytes to a manifest. Nothing is guessed: a file that Megatux would not have written is refused.
public partial class Manifest
{
    /// <summary>Reads a manifest to the stream's end, or refuses it as soon as it is too long.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="file">The file's path, for messages.</param>
    /// <param name="compiler">What compiles equations.</param>
    /// <exception cref="MegatuxException">The file is too long, no manifest, or one that does not pass <see cref="Check"/>.</exception>
    public static Manifest Read(Stream stream, string file, IEquationCompiler compiler)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = new MemoryStream();
        Span<byte> block = stackalloc byte[4096];
        while (bytes.Length <= MaxLength && stream.Read(block) is > 0 and var count)
            bytes.Write(block[..count]);
        return Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), file, compiler);
    }

    /// <summary>Reads a manifest from a file's bytes.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="file">The file's path, for messages.</param>
    /// <param name="compiler">What compiles equations.</param>
    /// <exception cref="MegatuxException">The bytes are too many, no manifest, or one that does not pass <see cref="Check"/>.</exception>
    public static Manifest Parse(ReadOnlySpan<byte> json, string file, IEquationCompiler compiler)
    {
        ArgumentNullException.ThrowIfNull(compiler);
        if (json.Length > MaxLength)
            throw new MegatuxException(ErrorCodes.ManifestTooLarge,
                $"{file} is longer than {MaxLength} bytes: expected a manifest, which has a few thousand. Is it the right file?", where: new SourceLocation(file));

        int schema = Deserialize(json, ManifestJson.Default.SchemaDocument, file).Schema;
        if (schema != SchemaVersion)
            throw new MegatuxException(ErrorCodes.ManifestSchemaUnknown,
                $"{file} has schema {schema}, this version of Megatux reads {SchemaVersion}: build the experiment again, or use the version that wrote it.",
                where: new SourceLocation(file));
        ManifestDocument document = Deserialize(json, ManifestJson.Default.ManifestDocument, file);
        Manifest manifest = FromDocument(document, file, compiler);
        if (manifest.Check() is [{ } problem, ..])
            throw Refused(ErrorCodes.ManifestValueInvalid, problem.Message, file);
        RequireOwnForm(document, manifest, file);
        return manifest;
    }

    private static T Deserialize<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string file) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException malformed)
        {
            // JsonException counts lines and bytes from 0.
            throw new MegatuxException(ErrorCodes.ManifestMalformed,
                $"{file} is not a manifest that Megatux wrote: {malformed.Message} Build the experiment again.",
                where: new SourceLocation(file, (int)(malformed.LineNumber + 1 ?? 0), (int)(malformed.BytePositionInLine + 1 ?? 0)), inner: malformed);
        }
    }

    private static Manifest FromDocument(ManifestDocument document, string file, IEquationCompiler compiler) => new()
    {
        Experiment = FromDocument(document.Experiment, file, compiler),
        Xproc = new XprocSettings(document.Xproc.Enabled, document.Xproc.ListenInterface, document.Xproc.Port),
        Pushmon = document.Pushmon is { } pushmon ? new PushmonSettings(pushmon.IntervalMs) : new PushmonSettings(),
        HostKernel = FromDocument(document.Kernels.Host),
        GuestKernel = FromDocument(document.Kernels.Guest),
        Members = [.. document.Members.Select(member => FromDocument(member ?? throw Refused(ErrorCodes.ManifestMalformed, "a member is null.", file), file))],
    };

    // The project file's reader reads the manifest's values as well: one meaning of each, and the same checks.
    private static Experiment FromDocument(ExperimentDocument document, string file, IEquationCompiler compiler)
    {
        (Experiment? experiment, IReadOnlyList<Problem> problems) = new ExperimentDescription
        {
            Name = document.Name,
            PhysicalHosts = document.Hosts,
            VmsPerHost = Text(document.VmsPerHost),
            VmNetworkStart = document.GuestNetworkBase,
            VmNetmask = Text(document.GuestPrefixLength),
            VmMemory = Text(document.VmMemoryMiB),
            HostMemory = document.HostMemoryMiB is { } memory ? Text(memory) : null,
            MemoryOvercommit = document.MemoryOvercommit.ToString(CultureInfo.InvariantCulture),
            Churn = document.Churn?.ToString(CultureInfo.InvariantCulture),
            ChurnSeed = document.ChurnSeed is { } seed ? Text(seed) : null,
            HostNetwork = document.HostNetwork,
            FirstHostAddress = document.FirstHostAddress,
            HostGateway = document.HostGateway,
            HostIdentity = document.HostIdentity,
            HostInterface = document.HostInterface,
            MacPrefix = document.MacPrefix,
            Hypervisor = document.Hypervisor,
            Groups = [.. (document.Groups ?? []).Select(group => group is null
                ? throw Refused(ErrorCodes.ManifestMalformed, "a group is null.", file) : new GroupDescription(group.Name, group.Nodes))],
            Equations = [.. (document.Equations ?? []).Select(equation => equation is null
                ? throw Refused(ErrorCodes.ManifestMalformed, "an equation is null.", file) : new EquationDescription(equation.Function, equation.Expression, equation.Inverse))],
        }.ResolveAgain(compiler);
        return experiment ?? throw Refused(ErrorCodes.ManifestPlanInvalid, string.Join(' ', problems.Select(problem => problem.Message)), file);
    }

    private static ManifestKernel? FromDocument(KernelDocument? document) => document is null
        ? null
        : new ManifestKernel { File = document.File, Sha256 = document.Sha256, Version = document.Version };

    private static ManifestMember FromDocument(MemberDocument document, string file)
    {
        string which = $"member '{Wording.Shorten(document.Name)}'";
        return new ManifestMember
        {
            Name = document.Name,
            Image = Choice<ImageKind>(document.Image, $"{which}: image", file),
            Nodes = document.Nodes is { } nodes ? Nodes(nodes, which, file) : null,
            File = document.File,
            Size = document.Size,
            Sha256 = document.Sha256,
            Compression = Choice<MemberCompression>(document.Compression, $"{which}: compression", file),
        };
    }

    private static T Choice<T>(string text, string what, string file) where T : struct, Enum =>
        EnumNames.TryParse(text, out T value)
            ? value
            : throw Refused(ErrorCodes.ManifestValueInvalid, $"{what} is '{Wording.Shorten(text)}', expected {EnumNames.All<T>()}.", file);

    private static NodeSet Nodes(string text, string which, string file)
    {
        try
        {
            return NodeSet.Parse(text);
        }
        catch (MegatuxException malformed)
        {
            throw Refused(ErrorCodes.ManifestValueInvalid, $"{which}: {malformed.Message}", file, malformed);
        }
    }

    // Values may be written in several ways (16, /16), a manifest's in one: two files that differ mean different things.
    private static void RequireOwnForm(ManifestDocument document, Manifest manifest, string file)
    {
        byte[] found = ManifestText.Write(document);
        byte[] own = ManifestText.Write(manifest.ToDocument());
        if (found.AsSpan().SequenceEqual(own))
            return;
        (string was, string expected) = Encoding.UTF8.GetString(found).Split('\n').Zip(Encoding.UTF8.GetString(own).Split('\n'))
            .First(lines => lines.First != lines.Second);
        throw Refused(ErrorCodes.ManifestValueInvalid,
            $"found {Wording.Shorten(was.Trim())} where Megatux writes {Wording.Shorten(expected.Trim())}.", file);
    }

    private static MegatuxException Refused(string code, string message, string file, Exception? inner = null) =>
        new(code, $"{file} is not a manifest that Megatux wrote: {message} Build the experiment again.", where: new SourceLocation(file), inner: inner);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
