namespace Megatux.Xproc;

/// <content>Input that a node of this host's says it missed.</content>
public sealed partial class JobRouter
{
    /// <summary>How often a node may ask for input: each question may bring it as much as waits for it.</summary>
    private static readonly TimeSpan QuestionPause = TimeSpan.FromMilliseconds(250);

    /// <summary>How many questions it may ask at once, as when its way up is another: one for each job with input.</summary>
    private const int MostQuestions = 16;

    /// <summary>Nodes that asked, and until when what they asked is spread.</summary>
    private readonly Dictionary<long, TimeSpan> _questions = [];

    // The root asks those whose question was not heard.
    private bool MayAsk(long link, TimeSpan now)
    {
        TimeSpan before = _questions.GetValueOrDefault(link), until = (before > now ? before : now) + QuestionPause;
        if (until - now > QuestionPause * MostQuestions)
            return false;
        _questions[link] = until;
        return true;
    }
}
