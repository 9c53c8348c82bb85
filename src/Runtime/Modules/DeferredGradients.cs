namespace ParDsl.Runtime.Modules;

/// <summary>
/// Weights' gradients that a backward pass leaves for later, since nobody waits for them: by micro-batch and segment. On the
/// rank's thread only.
/// </summary>
internal sealed class DeferredGradients
{
    private readonly Dictionary<(int MicroBatch, int Segment), List<Action>> left = [];
    private List<Action>? collecting;

    /// <summary>Until the result is disposed, backward passes leave their weights' gradients under this name.</summary>
    public Collection Collect(int microBatch, int segment)
    {
        collecting = left[(microBatch, segment)] = [];
        return new Collection(this);
    }

    /// <summary>Whether the work was taken for later; if not, the caller does it.</summary>
    public bool Take(Action work)
    {
        collecting?.Add(work);
        return collecting is not null;
    }

    /// <summary>Does what a backward pass has left.</summary>
    public void Run(int microBatch, int segment)
    {
        if (!left.Remove((microBatch, segment), out var work))
            return;
        foreach (var piece in work)
            piece();
    }

    public readonly struct Collection(DeferredGradients owner) : IDisposable
    {
        public void Dispose() => owner.collecting = null;
    }
}
