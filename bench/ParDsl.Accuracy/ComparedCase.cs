namespace ParDsl.Accuracy;

/// <summary>A prediction beside what was measured.</summary>
/// <param name="PredictedSeconds">Of an update; null where nothing is known of this machine's speed.</param>
/// <param name="PredictedBytes">Of all ranks together, which are threads of one process (see <see cref="HeldTogether"/>).</param>
internal sealed record ComparedCase(Measurement Measured, double? PredictedSeconds, long PredictedBytes)
{
    /// <summary>Above 0 where the prediction is too high, as a share of what was measured.</summary>
    public double? TimeError => (PredictedSeconds / Measured.StepSeconds) - 1;

    public double MemoryError => ((double)PredictedBytes / Math.Max(1, Measured.AllocatedBytes)) - 1;

    public string Words => Measured.Words;

    public string Name => $"{Measured.Example} {Measured.Layout}";
}
