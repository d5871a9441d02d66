using System.Security.Cryptography;
using System.Threading.Channels;

namespace Megatux.Tree.Tests;

/// <summary>Notes what a link tells, and checks that nothing comes after its end.</summary>
internal sealed class RecordingReceiver : ILinkReceiver
{
    private readonly Channel<FrameHeader> _headers = Channel.CreateUnbounded<FrameHeader>();
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Channel<bool> _room = Channel.CreateBounded<bool>(1);

    /// <summary>Called with each frame, before it is noted.</summary>
    public Action<TlsLink, FrameHeader>? OnFrame { get; set; }

    public long Bytes { get; private set; }

    public string Hash => Convert.ToHexString(_hash.GetCurrentHash());

    public static async Task<T> InTime<T>(Task<T> task) => await task.WaitAsync(Links.Deadline, TestContext.Current.CancellationToken);

    public Task<FrameHeader> Next() => InTime(_headers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());

    public Task<string> Closed() => InTime(_closed.Task);

    public Task HasRoom() => InTime(_room.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());

    void ILinkReceiver.Received(TlsLink link, in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        if (_closed.Task.IsCompleted)
            throw new InvalidOperationException("a frame came after the end");
        OnFrame?.Invoke(link, header);
        _hash.AppendData(frame);
        Bytes += frame.Length;
        _headers.Writer.TryWrite(header);
    }

    void ILinkReceiver.HasRoom(TlsLink link) => _room.Writer.TryWrite(true);

    // Throws where it was set before: a link ends once.
    void ILinkReceiver.Closed(TlsLink link, string reason) => _closed.SetResult(reason);
}
