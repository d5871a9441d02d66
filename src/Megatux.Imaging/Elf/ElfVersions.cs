namespace Megatux.Imaging;

/// <summary>The names that a dynamic section refers to by their offset in it.</summary>
internal sealed class StringTable(ElfReader reader, ulong offset, ulong length)
{
    public string At(ulong index, string what)
    {
        if (index >= length)
            throw reader.Malformed(offset, $"{what} is said to lie at {index} of a string table of {length} bytes");
        return reader.Text(offset + index, length - index, what);
    }
}

/// <summary>Reads the two lists of symbol versions: linked records, each with a linked list of names below it.</summary>
internal static class ElfVersions
{
    public static List<ElfVersionNeed> ReadNeeds(ElfReader reader, StringTable strings, ulong address, ulong count)
    {
        ulong at = reader.OffsetOf(address, "the list of needed versions");
        var needs = new List<ElfVersionNeed>();
        Span<byte> record = stackalloc byte[ElfLayout.VersionNeedLength];
        Span<byte> aux = stackalloc byte[ElfLayout.VersionNeedAuxLength];
        int budget = ElfLayout.MostVersions;
        for (ulong i = 0; i < count; i++)
        {
            Spend(reader, ref budget, at);
            reader.Read(at, record, "a record of needed versions");
            var names = new List<string>();
            needs.Add(new ElfVersionNeed(strings.At(reader.U32(record[ElfLayout.VersionNeedFile..]), "a needed version's library"), names));
            ulong below = at + reader.U32(record[ElfLayout.VersionNeedAux..]);
            int names16 = reader.U16(record[ElfLayout.VersionNeedAuxCount..]);
            for (int j = 0; j < names16; j++)
            {
                Spend(reader, ref budget, below);
                reader.Read(below, aux, "a needed version");
                if ((reader.U16(aux[ElfLayout.VersionNeedAuxFlags..]) & ElfLayout.VersionWeak) == 0)
                    names.Add(strings.At(reader.U32(aux[ElfLayout.VersionNeedAuxName..]), "a needed version's name"));
                uint step = reader.U32(aux[ElfLayout.VersionNeedAuxNext..]);
                if (step == 0)
                    break;
                below += step;
            }

            uint next = reader.U32(record[ElfLayout.VersionNeedNext..]);
            if (next == 0)
                break;
            at += next;
        }

        return needs;
    }

    public static List<string> ReadDefinitions(ElfReader reader, StringTable strings, ulong address, ulong count)
    {
        ulong at = reader.OffsetOf(address, "the list of defined versions");
        var names = new List<string>();
        Span<byte> record = stackalloc byte[ElfLayout.VersionDefinitionLength];
        Span<byte> aux = stackalloc byte[ElfLayout.VersionDefinitionAuxLength];
        int budget = ElfLayout.MostVersions;
        for (ulong i = 0; i < count; i++)
        {
            Spend(reader, ref budget, at);
            reader.Read(at, record, "a record of a defined version");

            // Only the first name is the version's own; the others name its predecessors, which have records too.
            if (reader.U16(record[ElfLayout.VersionDefinitionAuxCount..]) > 0)
            {
                reader.Read(at + reader.U32(record[ElfLayout.VersionDefinitionAux..]), aux, "a defined version");
                names.Add(strings.At(reader.U32(aux), "a defined version's name"));
            }

            uint next = reader.U32(record[ElfLayout.VersionDefinitionNext..]);
            if (next == 0)
                break;
            at += next;
        }

        return names;
    }

    private static void Spend(ElfReader reader, ref int budget, ulong at)
    {
        if (--budget < 0)
            throw reader.Malformed(at, $"more than {ElfLayout.MostVersions} symbol versions");
    }
}
