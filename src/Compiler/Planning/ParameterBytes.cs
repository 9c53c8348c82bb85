using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning;

/// <summary>What parameters take beside activations: themselves, their gradients, their masters and the optimizer's states.</summary>
internal static class ParameterBytes
{
    /// <summary>Of an element, on one of the replicas that share it as <paramref name="shard"/> says.</summary>
    public static double OfElement(CheckedTraining training, ShardLevel shard, int replicas)
    {
        double element = training.Precision.ElementBytes();
        var states = training.OptimizerStateCount + (training.Precision.HasMasters() ? 2 : 0);
        return Shared(element, ShardLevel.Parameters)
            + Shared(element, ShardLevel.Gradients)
            + Shared(states * training.Precision.Master().ElementBytes(), ShardLevel.Optimizer);

        double Shared(double bytes, ShardLevel from) => shard >= from ? bytes / replicas : bytes;
    }

    /// <summary>What the fullest of so many ranks holds at least, whatever the layout: each element lies on one of them.</summary>
    public static double LeastOfRank(CheckedProgram program, int ranks) =>
        program.Model.Layers.Sum(layer => (double)layer.ParameterCount) * OfElement(program.Training, ShardLevel.None, 1) / ranks;

    /// <summary>Whether they alone are more than ranks on these devices hold together, so that no layout needs to be looked at.</summary>
    public static bool ExceedAll(CheckedProgram program, ImmutableArray<DeviceDescription> devices) =>
        devices.Min(device => device.MemoryBytes) is > 0 and var memory && LeastOfRank(program, devices.Length) > memory;
}
