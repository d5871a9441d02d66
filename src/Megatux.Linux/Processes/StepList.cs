using System.Runtime.InteropServices;
using System.Text;

namespace Megatux.Linux;

/// <summary>
/// Steps, with what they point to, in memory that the garbage collector does not move. Ready as a whole before the child
/// exists, which can allocate nothing.
/// </summary>
internal sealed unsafe class StepList : IDisposable
{
    private readonly List<Step> _steps = [];
    private readonly List<(string Action, string? Subject)> _meanings = [];
    private readonly List<(int From, int To, int Argument)> _results = [];
    private readonly List<nint> _memory = [];
    private Step* _native;

    /// <summary>Adds a step whose error fails the start.</summary>
    /// <param name="action">For the message: what could not be done, as in "root cannot be changed".</param>
    /// <param name="subject">For the message: to what; or null.</param>
    /// <param name="number">System call.</param>
    /// <param name="arguments">Up to six.</param>
    /// <returns>The step's rank.</returns>
    internal int Add(string action, string? subject, int number, params ReadOnlySpan<nint> arguments) =>
        Add(action, subject, Step.Errors, number, arguments);

    /// <summary>Adds a step whose result does not matter, as when a folder may exist already.</summary>
    internal int AddLenient(int number, params ReadOnlySpan<nint> arguments) => Add("", null, Step.Nothing, number, arguments);

    /// <summary>Adds a step that must return 0.</summary>
    internal int AddZero(string action, int number, params ReadOnlySpan<nint> arguments) =>
        Add(action, null, Step.AllButZero, number, arguments);

    /// <summary>The result of a step becomes an argument of a later one.</summary>
    internal void PassResult(int from, int to, int argument) => _results.Add((from, to, argument));

    /// <summary>Zeroed memory that lives as long as the list.</summary>
    internal nint Memory(int length)
    {
        nint memory = (nint)NativeMemory.AllocZeroed((nuint)length);
        _memory.Add(memory);
        return memory;
    }

    /// <summary>A text as C has it: UTF-8 with a NUL at its end.</summary>
    internal nint Text(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"A text for a process has a NUL in it: {text.Replace('\0', '?')}");

        int length = Encoding.UTF8.GetByteCount(text);
        nint memory = Memory(length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>((void*)memory, length));
        return memory;
    }

    /// <summary>Texts as C has them: pointers with a null one at their end.</summary>
    internal nint Texts(IReadOnlyList<string> texts)
    {
        nint memory = Memory((texts.Count + 1) * sizeof(nint));
        for (int i = 0; i < texts.Count; i++)
            ((nint*)memory)[i] = Text(texts[i]);
        return memory;
    }

    /// <summary>The steps as the child takes them. The last must not return: it executes a program or ends.</summary>
    internal Step* Finish()
    {
        _native = (Step*)Memory(_steps.Count * sizeof(Step));
        CollectionsMarshal.AsSpan(_steps).CopyTo(new Span<Step>(_native, _steps.Count));
        foreach ((int from, int to, int argument) in _results)
            _native[from].Result = &_native[to].Arguments[argument];
        return _native;
    }

    /// <summary>What the failed step was about.</summary>
    internal (string Action, string? Subject) Meaning(Step* step) => _meanings[(int)(step - _native)];

    public void Dispose()
    {
        foreach (nint memory in _memory)
            NativeMemory.Free((void*)memory);
        _memory.Clear();
    }

    private int Add(string action, string? subject, long failsOn, int number, ReadOnlySpan<nint> arguments)
    {
        var step = new Step { Number = number, FailsOn = failsOn };
        for (int i = 0; i < arguments.Length; i++)
            step.Arguments[i] = arguments[i];
        _steps.Add(step);
        _meanings.Add((action, subject));
        return _steps.Count - 1;
    }
}
