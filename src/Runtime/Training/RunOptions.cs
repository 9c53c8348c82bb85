namespace ParDsl.Runtime.Training;

/// <summary>What the command line says about a run and the spec does not.</summary>
/// <param name="Directory">
/// The folder that the run writes to, or null: nothing is written (a step-by-step session, a benchmark).
/// </param>
/// <param name="MaximumSteps">Stop after so many updates; 0: when the spec's epochs or steps are done.</param>
/// <param name="InitialWeights">A safetensors file to start from, or null.</param>
public sealed record RunOptions(string? Directory, long MaximumSteps, string? InitialWeights)
{
    public static readonly RunOptions InMemory = new(null, 0, null);

    /// <summary>Where the loss is scaled at all: its first scale.</summary>
    internal double InitialLossScale { get; init; } = Optimization.LossScale.Initial;

    /// <summary>Told of every rank's actions; null outside tests and comparisons.</summary>
    internal Ranks.IActionProbe? Probe { get; init; }
}
