namespace ParDsl.Runtime.Data;

/// <summary>Where a rank's batch stands in the run.</summary>
/// <param name="Step">Counted from 0.</param>
/// <param name="Offset">The first sample's position in the step's global batch.</param>
/// <param name="Count">The samples of this rank's share; it may be 0.</param>
/// <param name="GlobalCount">The samples of the step's global batch: what sums are divided by.</param>
public sealed record BatchPlace(long Step, int MicroBatch, int Offset, int Count, int GlobalCount);
