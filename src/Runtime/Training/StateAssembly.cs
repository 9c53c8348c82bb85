using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Ranks;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>
/// Puts together what the ranks hold in parts: the whole model's tensors on the CPU, by parameters' names, as one device
/// would have them.
/// </summary>
/// <param name="runOn">Runs something on a rank's thread, and returns when it is done.</param>
internal sealed class StateAssembly(ExecutionPlan plan, Action<int, Action<Rank>> runOn)
{
    /// <param name="replica">The data coordinate whose ranks are asked, where each data rank has all of it.</param>
    /// <returns>The caller's to dispose.</returns>
    public ImmutableSortedDictionary<string, Tensor> Parameters(int replica, RankState state)
    {
        var whole = new WholeTensors();
        foreach (var part in Replica(replica))
        {
            using var flat = Flat(part, state);
            foreach (var placed in part.Buckets.SelectMany(bucket => bucket.Parameters))
            {
                using var run = flat.narrow(0, placed.ElementOffset, placed.Shape.ElementCount);
                whole.Put(placed.Parameter.Name, placed.Parameter.Shape, placed.Slice, run);
            }
        }

        return whole.ByName;
    }

    /// <summary>What is kept but not learned, which all data ranks have alike.</summary>
    public ImmutableSortedDictionary<string, Tensor> Buffers(int replica)
    {
        var whole = new WholeTensors();
        var shapes = plan.Program.Model.Layers.SelectMany(layer => layer.Buffers).ToDictionary(buffer => buffer.Name, buffer => buffer.Shape);
        foreach (var part in Replica(replica))
        {
            runOn(part.Rank, rank =>
            {
                foreach (var (name, buffer) in rank.Buffers)
                    whole.Put(name, shapes[name], plan.Tensor.SliceOf(name, rank.TensorCoordinate), buffer);
            });
        }

        return whole.ByName;
    }

    private IEnumerable<RankPlan> Replica(int coordinate) =>
        plan.Ranks.Where(rank => plan.Mesh.Coordinate(rank.Rank, MeshAxis.Data) == coordinate);

    /// <summary>A rank's flat buffer, with the parts that only other data ranks have.</summary>
    private Tensor Flat(RankPlan stage, RankState state)
    {
        Tensor? flat = null;
        foreach (var member in Members(stage))
        {
            runOn(member, rank =>
            {
                using var guard = no_grad();
                foreach (var run in state(rank))
                {
                    flat ??= zeros([stage.ElementCount], run.Elements.dtype, CPU).DetachFromDisposeScope();
                    using var place = flat.narrow(0, run.ElementOffset, run.Elements.numel());
                    place.copy_(run.Elements);
                }
            });
        }

        return flat ?? zeros(0).DetachFromDisposeScope();
    }

    /// <summary>The rank itself last: where each has all of it, its own numbers are the ones.</summary>
    private IEnumerable<int> Members(RankPlan stage) => plan.Shard == Compiler.Checked.ShardLevel.None
        ? [stage.Rank]
        : plan.GroupOf(stage.Rank, MeshAxis.Data)!.Ranks.Where(rank => rank != stage.Rank).Append(stage.Rank);
}
