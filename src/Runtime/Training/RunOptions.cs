using ParDsl.Runtime.Timelines;

namespace ParDsl.Runtime.Training;

/// <summary>What the command line says about a run and the spec does not.</summary>
/// <param name="Directory">
/// The folder that the run writes to, or null: nothing is written (a step-by-step session, a benchmark).
/// </param>
/// <param name="MaximumSteps">Stop after so many updates; 0: when the spec's epochs or steps are done.</param>
/// <param name="InitialWeights">A safetensors file, or a checkpoint's folder, to start from, or null.</param>
public sealed record RunOptions(string? Directory, long MaximumSteps, string? InitialWeights)
{
    public static readonly RunOptions InMemory = new(null, 0, null);

    /// <summary>
    /// Whether the run keeps checkpoints: the same in all processes of a job, of which the first alone has the directory.
    /// </summary>
    public bool KeepsCheckpoints { get; init; } = Directory is not null;

    /// <summary>
    /// Whether the first process of a job writes all of a checkpoint, which the others bring to it; else each writes its own
    /// part, in a folder that all of them share.
    /// </summary>
    public bool GathersCheckpoints { get; init; }

    /// <summary>How the processes of a job say that a part is written; null in a process that is alone.</summary>
    public Jobs.IJobMail? Mail { get; init; }

    /// <summary>The checkpoint to go on from; null where the run begins.</summary>
    public ResumePoint? Resume { get; init; }

    /// <summary>The time from now on that the run has, its last checkpoint included; null: as long as it takes.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>The spec with every default, for the checkpoints.</summary>
    public string Spec { get; init; } = "";

    /// <summary>Where the loss is scaled at all: its first scale.</summary>
    internal double InitialLossScale { get; init; } = Optimization.LossScale.Initial;

    /// <summary>Told of every rank's actions; null outside tests and comparisons.</summary>
    internal Ranks.IActionProbe? Probe { get; init; }

    /// <summary>The same, and a timeline takes note of every rank's actions.</summary>
    public RunOptions With(ActionTimeline timeline) => this with { Probe = timeline };

    /// <summary>The same, and a timeline takes note of the first updates.</summary>
    public RunOptions With(UpdateTimeline timeline) => this with { Probe = timeline };
}
