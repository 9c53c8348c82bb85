using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>A session's tensors under the names that a checkpoint has for them.</summary>
internal static class CheckpointState
{
    /// <param name="states">The names of what the optimizer remembers.</param>
    /// <param name="stepCount">The optimizer's own count, as it keeps it; null where it keeps none.</param>
    /// <returns>Its tensors are the caller's to dispose.</returns>
    public static TrainingState Of(
        ExecutionPlan plan, StateAssembly assembly, RunLength length, long step, IEnumerable<string> states, Tensor? stepCount)
    {
        var program = plan.Program;
        var parameters = assembly.Parameters(0, RankStates.Values);
        var optimizer = states.SelectMany(state => assembly.Parameters(0, RankStates.Optimizer(state))
            .Select(pair => KeyValuePair.Create($"{pair.Key}.{state}", pair.Value)));
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
