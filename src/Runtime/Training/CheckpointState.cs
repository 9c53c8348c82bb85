using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Ranks;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>A rank's tensors under the names that a checkpoint has for them.</summary>
internal static class CheckpointState
{
    /// <summary>To be called in a dispose scope of the rank's thread, which owns the views.</summary>
    public static TrainingState Of(Rank rank, RunLength length, long step)
    {
        var program = rank.Plan.Program;
        return new TrainingState(
            step,
            step == 0 ? 0 : length.Epoch(step),
            program.Training.Seed,
            Fingerprint.Of(program),
            length.DataPosition(step),
            rank.Model,
            OptimizerTensors(rank));
    }

    private static ImmutableSortedDictionary<string, Tensor> OptimizerTensors(Rank rank)
    {
        var states = rank.Optimizer.States.SelectMany(state => rank.Flat.Views(state.Value)
            .Select(view => KeyValuePair.Create($"{view.Key}.{state.Key}", view.Value)));
        var counts = rank.Optimizer.StepCount is { } count
            ? rank.Flat.Parameters.Keys.Select(name => KeyValuePair.Create($"{name}.step", count))
            : [];
        return ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, states.Concat(counts));
    }
}
