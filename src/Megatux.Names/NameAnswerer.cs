using System.Buffers.Binary;
using Megatux.Model;

namespace Megatux.Names;

/// <summary>
/// Answers DNS queries about an experiment's nodes by computation: no table, no zone file, nothing linear in nodes, and
/// nothing allocated by an answer. Without I/O and without state, so any number of threads may ask.
/// </summary>
/// <remarks>
/// <para>
/// A name is served bare, as <c>megatux plan</c> shows it (<c>vm3.laptop1</c>), and below the experiment's domain
/// (<c>vm3.laptop1.laptop.megatux</c>), which resolvers search. Addresses are answered with the bare name, so that ping and
/// getent show what the plan does; a host's bridge is answered with the host's name.
/// </para>
/// <para>
/// Bare names are those whose last label is a host's, numbers apart: a wrong number is answered NXDOMAIN, so that a mistake
/// is found at once; every other name is refused. The negative answer's zone is then the root.
/// </para>
/// <para>RFC 1034, 1035, 2308 (negative answers), 3225 (DO is sent back and changes nothing), 4343 (case), 6891 (EDNS), 8020, 8482.</para>
/// </remarks>
public sealed partial class NameAnswerer
{
    /// <summary>
    /// Seconds for which an answer may be kept, there or not. It never changes while the experiment runs; a front-end's cache
    /// outlives it, and should not give the last build's addresses for longer than it takes to start the next.
    /// </summary>
    public const uint Ttl = 300;

    /// <summary>Bytes that no answer over UDP exceeds.</summary>
    public const int MaxUdpLength = Dns.UdpLength;

    private readonly Experiment _experiment;
    private readonly NodeNames _names;
    private readonly ForwardZones _forward;
    private readonly ReverseZones _reverse;

    /// <summary>Prepares answers about an experiment whose plan has no faults.</summary>
    /// <param name="experiment">The experiment.</param>
    public NameAnswerer(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        _experiment = experiment;
        _names = new NodeNames(experiment);
        _forward = new ForwardZones(experiment, _names);
        _reverse = new ReverseZones(experiment);
    }

    /// <summary>The domain to search: <c>laptop.megatux</c> for an experiment called laptop.</summary>
    public string Domain => _forward.Domain;

    /// <summary>Answers one message.</summary>
    /// <param name="query">The message, whatever it holds.</param>
    /// <param name="response">Where the answer goes; what does not fit is left out, and TC says so.</param>
    /// <param name="transport">How the query came.</param>
    /// <returns>Length of the answer; 0 if there is none: to what is no query, for answers could then go round in circles.</returns>
    public int Answer(ReadOnlySpan<byte> query, Span<byte> response, NameTransport transport)
    {
        if (query.Length < Dns.HeaderLength || response.Length < Dns.HeaderLength)
            return 0;
        ushort flags = BinaryPrimitives.ReadUInt16BigEndian(query[Dns.FlagsOffset..]);
        if ((flags & Dns.Response) != 0)
            return 0;
        response[..Dns.HeaderLength].Clear();
        query[..Dns.FlagsOffset].CopyTo(response);
        ushort kept = (ushort)(Dns.Response | flags & (Dns.OpcodeMask | Dns.RecursionDesired | Dns.CheckingDisabled));
        if ((flags & Dns.OpcodeMask) != 0)
            return Without(response, (ushort)(kept | Dns.NotImplemented));
        Span<char> text = stackalloc char[Dns.MaxName];
        if (!Query.TryRead(query, text, out Query asked) || asked.Type == Dns.Opt)
            return Without(response, (ushort)(kept | Dns.FormatError));

        int limit = transport == NameTransport.Tcp ? Dns.MaxMessage : Math.Clamp(asked.UdpLength, Dns.PlainUdpLength, Dns.UdpLength);
        return Answer(asked, kept, response[..Math.Min(limit, response.Length)]);
    }

    private static int Without(Span<byte> response, ushort flags)
    {
        BinaryPrimitives.WriteUInt16BigEndian(response[Dns.FlagsOffset..], flags);
        return Dns.HeaderLength;
    }

    private int Answer(in Query asked, ushort flags, Span<byte> response)
    {
        int options = asked.HasOptions ? Dns.OptLength : 0;
        if (Dns.HeaderLength + asked.Question.Length + options > response.Length)
            return Without(response, (ushort)(flags | Dns.Truncated));
        Span<byte> body = response[Dns.HeaderLength..];
        asked.Question.CopyTo(body);
        int length = Dns.HeaderLength + asked.Question.Length;
        BinaryPrimitives.WriteUInt16BigEndian(response[Dns.QuestionCountOffset..], 1);

        byte upperCode = asked.Version > 0 ? Dns.BadVersionUpper : (byte)0;
        if (upperCode == 0)
        {
            var records = new ResponseWriter(body[asked.Question.Length..^options]);
            Outcome outcome = TryFill(asked, ref records);
            flags |= outcome.Flags;
            if (records.IsFull)
            {
                flags |= Dns.Truncated;
            }
            else
            {
                length += records.Length;
                response[Dns.AnswerCountOffset + 1] = outcome.Answers;
                response[Dns.AuthorityCountOffset + 1] = outcome.Authorities;
            }
        }

        if (asked.HasOptions)
        {
            response[Dns.AdditionalCountOffset + 1] = 1;
            WriteOptions(response.Slice(length, Dns.OptLength), upperCode, (ushort)(asked.OptionFlags & Dns.DnssecOk));
            length += Dns.OptLength;
        }

        BinaryPrimitives.WriteUInt16BigEndian(response[Dns.FlagsOffset..], flags);
        return length;
    }

    // RFC 6891, 6.1.2 and 6.1.3: root, type, UDP length, upper response code, version 0, flags, no options.
    private static void WriteOptions(Span<byte> target, byte upperCode, ushort flags)
    {
        target.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(target[1..], Dns.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(target[3..], Dns.UdpLength);
        target[5] = upperCode;
        BinaryPrimitives.WriteUInt16BigEndian(target[7..], flags);
    }
}
