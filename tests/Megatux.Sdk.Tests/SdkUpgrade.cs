using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Megatux.Sdk.Tests;

/// <summary>A folder of unpacked packages with an SDK whose task assembly is another one: as after an upgrade.</summary>
internal static class SdkUpgrade
{
    private const string Tasks = "megatux.sdk/0.1.0/tools/Megatux.Sdk.Tasks.dll";

    public static TempFolder Make()
    {
        var folder = new TempFolder();
        Command.Run("cp", ["-a", Path.Combine(SdkPackage.UnpackedFolder, "megatux.sdk"), folder.Path]).Succeeded();
        byte[] assembly = File.ReadAllBytes(folder[Tasks]);
        assembly[PlaceOfModuleVersion(assembly)] ^= 1;
        File.WriteAllBytes(folder[Tasks], assembly);
        return folder;
    }

    private static int PlaceOfModuleVersion(byte[] assembly)
    {
        const int guidLength = 16;
        using var reader = new PEReader(new MemoryStream(assembly));
        MetadataReader metadata = reader.GetMetadataReader();
        int row = MetadataTokens.GetHeapOffset(metadata.GetModuleDefinition().Mvid);
        return reader.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.Guid) + ((row - 1) * guidLength);
    }
}
