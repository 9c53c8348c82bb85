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

    public MeasuredMeans Means() => measures.Means(sums, SampleCount);

    public void Clear()
    {
        Array.Clear(sums);
        SampleCount = 0;
    }
}
