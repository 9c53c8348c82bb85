namespace ParDsl.Runtime.Data;

/// <summary>
/// The order in which samples are learned. An epoch's order is a function of the seed and the epoch alone, and so the batch of
/// a step is one of the seed and the step: the same in every layout, and after a resumed run.
/// </summary>
/// <param name="Count">The samples of an epoch.</param>
/// <param name="Shuffle">Whether each epoch has its own order; otherwise samples come as they are.</param>
public sealed record SampleOrder(int Count, long Seed, bool Shuffle)
{
    public static SampleOrder Unshuffled(int count) => new(count, 0, false);

    /// <summary>The steps of one epoch; the last one's batch may be smaller.</summary>
    public long StepsPerEpoch(int globalBatch) => (Count + globalBatch - 1L) / globalBatch;

    /// <summary>The samples of an epoch, counted from 0, in their order.</summary>
    public int[] Epoch(long epoch) =>
        Shuffle ? Permutation.Of(Count, new SplitMix64(Seed, "order", epoch)) : Permutation.Identity(Count);
}
