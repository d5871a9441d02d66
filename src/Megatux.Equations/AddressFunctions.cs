using Megatux.Sexp;

namespace Megatux.Equations;

/// <summary>What equations know besides the language: addresses are integers, and people think of them as octets.</summary>
internal static class AddressFunctions
{
    private const int Octets = 4, OctetBits = 8;

    internal static SexpPrimitive[] All { get; } =
    [
        // (ip 10 RACK 0 SLOT)
        new("ip", Octets, Octets, static (in call, octets) =>
        {
            long address = 0;
            foreach (SexpValue octet in octets)
                address = address << OctetBits | InRange(call, octet, byte.MaxValue);
            return address;
        }),

        // (octet 0 a) is the 10 of 10.1.2.3.
        new("octet", static (in call, place, address) =>
            InRange(call, address, uint.MaxValue) >> (int)(OctetBits * (Octets - 1 - InRange(call, place, Octets - 1))) & byte.MaxValue),
    ];

    private static long InRange(in SexpCall call, SexpValue value, long most) =>
        value.TryGetInteger(out long integer) && integer >= 0 && integer <= most ? integer : throw call.Expected($"an integer from 0 to {most}", value);
}
