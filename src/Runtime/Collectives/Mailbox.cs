using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives;

/// <summary>
/// One direction between two ranks: the sender leaves a copy under a tag and goes on; the receiver waits for its tag.
/// </summary>
internal sealed class Mailbox(int worldSize, FailureSignal failures) : IDisposable
{
    private readonly RankSignal posts = new(worldSize, failures);
    private readonly Dictionary<int, Tensor> waiting = [];

    /// <param name="copy">Nobody else's: the receiver disposes it.</param>
    public void Post(Tensor copy, int tag)
    {
        lock (waiting)
        {
            if (!waiting.TryAdd(tag, copy))
                throw new InvalidOperationException($"two messages of one tag ({tag}) are under way at once");
        }

        posts.Advance();
    }

    public Tensor Take(int tag)
    {
        while (true)
        {
            var seen = posts.Count;
            lock (waiting)
            {
                if (waiting.Remove(tag, out var message))
                    return message;
            }

            posts.AwaitChange(seen);
        }
    }

    /// <summary>Frees what was never taken: a run that failed leaves messages behind.</summary>
    public void Dispose()
    {
        lock (waiting)
        {
            foreach (var message in waiting.Values)
                message.Dispose();
            waiting.Clear();
        }
    }
}
