using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Training;

/// <summary>Where a run goes on: the newest whole checkpoint of its folder, or the one that was named.</summary>
/// <param name="RunDirectory">The folder of the run that wrote it.</param>
/// <param name="Damaged">The full paths of newer checkpoints that are not whole.</param>
/// <param name="Warnings">One for each of them.</param>
public sealed record ResumePoint(
    string RunDirectory, Checkpoint Checkpoint, ImmutableArray<string> Damaged, ImmutableArray<Diagnostic> Warnings)
{
    /// <summary>Whether the plan's learning is the one that the checkpoint belongs to.</summary>
    public bool Fits(ExecutionPlan plan) => Fingerprint.Of(plan.Program) == Checkpoint.State.Fingerprint;

    /// <summary>The refusal of a plan that does not fit.</summary>
    /// <param name="changes">What differs between the specs, a statement each.</param>
    public RunFailedException Refusal(IEnumerable<string> changes) => CheckpointErrors.SpecChanged(Checkpoint.Path, [.. changes]);

    /// <summary>With what cannot be taken over of a changed spec's optimizer.</summary>
    public ResumePoint WarnOf(ExecutionPlan plan)
    {
        var optimizer = plan.Program.Training.Optimizer.Kind;
        var count = plan.Program.Training.OptimizerStateCount;
        return count == 0 || Checkpoint.OptimizerStates().Count == count
            ? this
            : this with { Warnings = Warnings.Add(CheckpointErrors.OptimizerStartsAnew(Checkpoint.Path, optimizer)) };
    }
}
