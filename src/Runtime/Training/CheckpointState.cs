using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Checkpoints;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>What a checkpoint holds of a session.</summary>
internal static class CheckpointState
{
    /// <summary>The state without its tensors.</summary>
    public static TrainingState Numbers(CheckedProgram program, RunLength length, long step) => TrainingState.Nothing with
    {
        Step = step,
        Epoch = step == 0 ? 0 : length.Epoch(step),
        Seed = program.Training.Seed,
        Fingerprint = Fingerprint.Of(program),
        DataPosition = length.DataPosition(step),
    };

    /// <summary>The state with all tensors, whole, under the names that a checkpoint has for them.</summary>
    /// <returns>Its tensors are the caller's to dispose; none in a process that nothing is brought to.</returns>
    public static TrainingState AddWhole(TrainingState numbers, StateAssembly assembly)
    {
        var parameters = assembly.Parameters(0, RankStates.Values);
        var optimizer = assembly.Parameters(0, RankStates.Optimizer);
        var stepCount = assembly.Shared(RankStates.StepCount);
        var counts = stepCount is null
            ? []
            : parameters.Keys.Select(name => KeyValuePair.Create(StateAssembly.Join(name, "step"), stepCount));
        return numbers with
        {
            Model = parameters.AddRange(assembly.Buffers(0)),
            Optimizer = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, optimizer.Concat(counts)),
        };
    }
}
