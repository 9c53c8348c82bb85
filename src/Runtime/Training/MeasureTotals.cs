using System.Collections.Immutable;
using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Training;

/// <summary>Sums of loss and metrics over many batches, and the samples that they go over.</summary>
internal sealed class MeasureTotals(MeasureSet measures)
{
    private readonly double[] sums = new double[measures.Count];

    public long SampleCount { get; private set; }

    public void Add(ReadOnlySpan<double> batchSums, long sampleCount)
    {
        for (var measure = 0; measure < sums.Length; measure++)
            sums[measure] += batchSums[measure];
        SampleCount += sampleCount;
    }

    /// <summary>The sums by name, for a checkpoint.</summary>
    public EpochState State => new(
        SampleCount,
        measures.SumNames.Zip(sums).ToImmutableSortedDictionary(sum => sum.First, sum => sum.Second, StringComparer.Ordinal));

    /// <summary>Goes on with a checkpoint's sums; where it has others than are wanted, with none.</summary>
    public void Restore(EpochState state)
    {
        Clear();
        if (!measures.SumNames.All(state.Sums.ContainsKey))
            return;
        SampleCount = state.SampleCount;
        for (var measure = 0; measure < sums.Length; measure++)
            sums[measure] = state.Sums[measures.SumNames[measure]];
    }

    public MeasuredMeans Means() => measures.Means(sums, SampleCount);

    public void Clear()
    {
        Array.Clear(sums);
        SampleCount = 0;
    }
}
