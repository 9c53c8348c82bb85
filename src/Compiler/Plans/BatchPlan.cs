namespace ParDsl.Compiler.Plans;

/// <summary>
/// How a global batch is cut: first into micro-batches, then each micro-batch over the data ranks, in sample order.
/// </summary>
public sealed record BatchPlan(int GlobalBatch, int MicroBatchCount, int DataDegree)
{
    /// <summary>
    /// How many loaded batches wait for a rank at most: enough to hide a slow moment, few enough to stay in the cache.
    /// </summary>
    public const int LoadedAhead = 3;

    /// <summary>The samples of one rank's share of one micro-batch.</summary>
    public int RankMicroBatch => GlobalBatch / MicroBatchCount / DataDegree;
}
