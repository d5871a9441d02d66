namespace Megatux.Imaging;

public sealed partial class ElfFile
{
    private static void ReadDynamic(ElfReader reader, ElfFile file, ulong at, ulong length)
    {
        if (length > ElfLayout.MostDynamicBytes)
            throw reader.Malformed(at, $"the dynamic section has {length} bytes, more than the {ElfLayout.MostDynamicBytes} that are accepted");
        var section = new byte[length];
        reader.Read(at, section, "the dynamic section");
        var tags = new DynamicTags();
        int size = reader.Wide ? ElfLayout.DynamicLength64 : ElfLayout.DynamicLength32;
        for (int i = 0; i + size <= section.Length; i += size)
        {
            ulong tag = reader.Address(section.AsSpan(i));
            if (tag == ElfLayout.TagNull)
                break;
            tags.Set(tag, reader.Address(section.AsSpan(i + (size / 2))));
        }

        file.NoDefaultLibraries = (tags.Flags1 & ElfLayout.Flag1NoDefaultLibraries) != 0;
        if (tags.Strings is not { } address)
        {
            if (tags.NamesAnything)
                throw reader.Malformed(at, "the dynamic section names strings but no string table");
            return;
        }

        if (!tags.NamesAnything)
            return;
        var strings = new StringTable(reader, reader.OffsetOf(address, "the string table"), tags.StringsLength ?? ulong.MaxValue);
        file.Needed = tags.Needed.ConvertAll(index => strings.At(index, "a needed library's name"));
        file.SoName = tags.SoName is { } soName ? strings.At(soName, "the soname") : null;
        file.RPath = tags.RPath is { } rPath ? strings.At(rPath, "the RPATH") : null;
        file.RunPath = tags.RunPath is { } runPath ? strings.At(runPath, "the RUNPATH") : null;
        if (tags.VersionNeeds is { } needs)
            file.VersionNeeds = ElfVersions.ReadNeeds(reader, strings, needs, tags.VersionNeedCount);
        if (tags.VersionDefinitions is { } definitions)
            file.VersionDefinitions = ElfVersions.ReadDefinitions(reader, strings, definitions, tags.VersionDefinitionCount);
    }

    /// <summary>The values of the tags that matter here; the last of a repeated one counts, as for the loader.</summary>
    private sealed class DynamicTags
    {
        public List<ulong> Needed { get; } = [];

        public ulong? Strings { get; private set; }

        public ulong? StringsLength { get; private set; }

        public ulong? SoName { get; private set; }

        public ulong? RPath { get; private set; }

        public ulong? RunPath { get; private set; }

        public ulong Flags1 { get; private set; }

        public ulong? VersionNeeds { get; private set; }

        public ulong VersionNeedCount { get; private set; }

        public ulong? VersionDefinitions { get; private set; }

        public ulong VersionDefinitionCount { get; private set; }

        public bool NamesAnything =>
            Needed.Count > 0 || (SoName ?? RPath ?? RunPath ?? VersionNeeds ?? VersionDefinitions) is not null;

        public void Set(ulong tag, ulong value)
        {
            switch (tag)
            {
                case ElfLayout.TagNeeded: Needed.Add(value); break;
                case ElfLayout.TagStringTable: Strings = value; break;
                case ElfLayout.TagStringTableSize: StringsLength = value; break;
                case ElfLayout.TagSoName: SoName = value; break;
                case ElfLayout.TagRPath: RPath = value; break;
                case ElfLayout.TagRunPath: RunPath = value; break;
                case ElfLayout.TagFlags1: Flags1 = value; break;
                case ElfLayout.TagVersionNeeds: VersionNeeds = value; break;
                case ElfLayout.TagVersionNeedCount: VersionNeedCount = value; break;
                case ElfLayout.TagVersionDefinitions: VersionDefinitions = value; break;
                case ElfLayout.TagVersionDefinitionCount: VersionDefinitionCount = value; break;
            }
        }
    }
}
