using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>A session's tensors under the names that a checkpoint has for them.</summary>
internal static class CheckpointState
{
    /// <returns>Its tensors are the caller's to dispose; empty in a process that nothing is brought to.</returns>
    public static TrainingState Of(ExecutionPlan plan, StateAssembly assembly, RunLength length, long step)
    {
        var program = plan.Program;
        var parameters = assembly.Parameters(0, RankStates.Values);
        var optimizer = assembly.Parameters(0, RankStates.Optimizer);
        var stepCount = assembly.Shared(RankStates.StepCount);
        var counts = stepCount is null
            ? []
            : parameters.Keys.Select(name => KeyValuePair.Create($"{name}.step", stepCount));
        return new TrainingState(
            step,
            step == 0 ? 0 : length.Epoch(step),
            program.Training.Seed,
            Fingerprint.Of(program),
            length.DataPosition(step),
            parameters.AddRange(assembly.Buffers(0)),
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, optimizer.Concat(counts)));
    }
}
