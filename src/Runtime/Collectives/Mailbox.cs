using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives;

/// <summary>
/// One direction between two ranks: the sender leaves a copy under a tag and goes on; the receiver waits for its tag.
/// </summary>
internal sealed class Mailbox(FailureSignal failures) : IDisposable
{
    private const int PollMilliseconds = 20;

    private readonly object gate = new();
    private readonly Dictionary<int, Tensor> waiting = [];

    /// <param name="copy">Nobody else's: the receiver disposes it.</param>
    public void Post(Tensor copy, int tag)
    {
        lock (gate)
        {
            if (!waiting.TryAdd(tag, copy))
                throw new InvalidOperationException($"two messages of one tag ({tag}) are under way at once");
            Monitor.PulseAll(gate);
        }
    }

    public Tensor Take(int tag)
    {
        lock (gate)
        {
            Tensor? message;
            while (!waiting.Remove(tag, out message))
            {
                failures.ThrowIfRaised();
                Monitor.Wait(gate, PollMilliseconds);
            }

            return message;
        }
    }

    /// <summary>Frees what was never taken: a run that failed leaves messages behind.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var message in waiting.Values)
                message.Dispose();
            waiting.Clear();
        }
    }
}
