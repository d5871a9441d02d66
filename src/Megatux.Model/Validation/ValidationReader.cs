using System.Globalization;

namespace Megatux.Model;

/// <summary>Reads the checks of a project, and those of a file: one meaning of each.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="compile">Compiles an expression, or throws a <see cref="MegatuxException"/>.</param>
internal sealed class ValidationReader(Experiment experiment, Action<string> compile)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Reads the next one.</summary>
    /// <exception cref="MegatuxException">It is at fault; the problem's subject is the item.</exception>
    internal Validation Read(ValidationItem item)
    {
        try
        {
            return ReadItem(item);
        }
        catch (MegatuxException refused)
        {
            throw new MegatuxException(refused.Problem with { Subject = $"{Validation.Item}:{item.Name}", Where = null }, refused);
        }
    }

    private Validation ReadItem(ValidationItem item)
    {
        string which = $"the check {Wording.Shorten(item.Name)}";
        RequireName(item.Name);
        RequireClear(item, which);
        NodeSet nodes = Nodes(item.Nodes ?? NodeWords.All, which);
        if (item.Expression is { } expression)
            Compile(expression, which);
        return new Validation
        {
            Name = item.Name,
            Nodes = nodes,
            Command = item.Command,
            Expression = item.Expression,
            Expect = item.Expect is { } expect ? Expect(expect, which) : null,
            ExitCode = item.ExitCode is { } code ? ExitCode(code, which) : 0,
            Quota = Quota(item, nodes.Count, which),
            Within = item.Within is { } within ? Within(within, which) : Validation.DefaultWithin,
        };
    }

    private void RequireName(string name)
    {
        string shown = Wording.Shorten(name);
        if (name.Length is 0 or > Validation.MaxName || !char.IsAsciiLetter(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            throw Refused(ErrorCodes.ValidationNameUnusable,
                $"'{shown}' is no name of a check: expected a letter, then letters, digits, '-', '_' and '.', {Validation.MaxName} characters at most");
        if (name is Validation.Up or Validation.Plan)
            throw Refused(ErrorCodes.ValidationNameUnusable, $"'{shown}' is a check that every experiment has: choose another name");
        if (!_names.Add(name))
            throw Refused(ErrorCodes.ValidationNameUnusable, $"There are two checks '{shown}': rename one");
    }

    private static void RequireClear(ValidationItem item, string which)
    {
        if (item.Command is null == item.Expression is null)
            throw Refused(ErrorCodes.ValidationUnclear, $"{which} has {(item.Command is null ? "neither Command nor Expression" : "both Command and Expression")}: give one of them");
        if (item.Expression is not null && (item.Expect ?? item.ExitCode) is not null)
            throw Refused(ErrorCodes.ValidationUnclear, $"{which} has {(item.Expect is null ? "ExitCode" : "Expect")} beside Expression, which writes nothing and exits with nothing: leave it out, or give a Command");
        if (item.AtLeast is not null && item.Count is not null)
            throw Refused(ErrorCodes.ValidationUnclear, $"{which} has both AtLeast and Count: give one of them");
        foreach ((string name, string? text) in ((string, string?)[])[(nameof(item.Command), item.Command), (nameof(item.Expression), item.Expression), (nameof(item.Expect), item.Expect)])
            if (text?.Length > Validation.MaxText || text?.Contains('\0') == true)
                throw Refused(ErrorCodes.MetadataMalformed, $"{name} of {which} has {text.Length} characters, or a NUL among them: expected {Validation.MaxText} at most; put a long command into a file of an overlay");
    }

    private NodeSet Nodes(string text, string which)
    {
        NodeSet nodes = experiment.Parse(text);
        NodeSet strangers = nodes.Except(experiment.Everything);
        if (!strangers.IsEmpty)
            throw Refused(ErrorCodes.NodesOutsideExperiment,
                $"{which} is of {Wording.Shorten(strangers.ToString())}: no such nodes. The nodes are {Wording.Shorten(experiment.Everything.ToString())}");
        return nodes.IsEmpty ? throw Refused(ErrorCodes.MetadataMalformed, $"{which} has no node: '{Wording.Shorten(text)}' leaves none") : nodes;
    }

    private void Compile(string expression, string which)
    {
        try
        {
            compile(expression);
        }
        catch (MegatuxException fault)
        {
            throw new MegatuxException(fault.Problem with { Message = $"The Expression of {which} cannot be compiled: {fault.Problem.Message}" }, fault);
        }
    }

    private static ExpectedOutput Expect(string text, string which)
    {
        try
        {
            return ExpectedOutput.Parse(text);
        }
        catch (ArgumentException malformed)
        {
            throw Refused(ErrorCodes.MetadataMalformed, $"Expect of {which} is no regular expression that can be used: {malformed.Message.TrimEnd('.')}", malformed);
        }
    }

    private static int ExitCode(string text, string which) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code <= byte.MaxValue ? code
            : throw Refused(ErrorCodes.MetadataMalformed, $"ExitCode of {which} is '{Wording.Shorten(text)}': expected 0 to {byte.MaxValue}");

    private static NodeQuota Quota(ValidationItem item, long nodes, string which)
    {
        if (item.Count is { } count)
            return long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long exactly) && exactly <= nodes ? NodeQuota.Exactly(exactly)
                : throw Refused(ErrorCodes.MetadataMalformed, $"Count of {which} is '{Wording.Shorten(count)}': expected a number of nodes, 0 to {nodes}");
        if (item.AtLeast is not { } text)
            return NodeQuota.All;
        return NodeQuota.TryParseAtLeast(text, out NodeQuota quota) && quota.Of(nodes) <= nodes ? quota
            : throw Refused(ErrorCodes.MetadataMalformed, $"AtLeast of {which} is '{Wording.Shorten(text)}': expected a number of nodes, 1 to {nodes}, or a part of them such as 95%");
    }

    private static TimeSpan Within(string text, string which) =>
        Durations.TryParse(text, out TimeSpan time) && time >= Validation.LeastWithin && time <= Validation.MostWithin ? time
            : throw Refused(ErrorCodes.MetadataMalformed, $"Within of {which} is '{Wording.Shorten(text)}': expected {Durations.Form}, from 0.1 seconds to 24 hours");

    private static MegatuxException Refused(string code, string message, Exception? inner = null) =>
        new(code, $"{char.ToUpperInvariant(message[0])}{message[1..]}.", inner: inner);
}
