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
/// <param name="collector">Brings what a rank holds here.</param>
internal sealed class StateAssembly(ExecutionPlan plan, PartCollector collector)
{
    /// <summary>The name of a parameter's state in a checkpoint; a value has no name of its own.</summary>
    internal static string Join(string parameter, string state) => state == "" ? parameter : $"{parameter}.{state}";

    /// <param name="replica">The data coordinate whose ranks are asked, where each data rank has all of it.</param>
    /// <returns>
    /// By parameter, and the state's name behind it where it has one: <c>fc2.weight.exp_avg</c>. Empty in a process that nothing
    /// is brought to. The caller's to dispose.
    /// </returns>
    public ImmutableSortedDictionary<string, Tensor> Parameters(int replica, RankState state)
    {
        var whole = new WholeTensors();
        foreach (var part in Replica(replica))
        {
            foreach (var (name, flat) in Flat(part, state))
            {
                foreach (var placed in part.Buckets.SelectMany(bucket => bucket.Parameters))
                {
                    using var run = flat.narrow(0, placed.ElementOffset, placed.Shape.ElementCount);
                    whole.Put(Join(placed.Parameter.Name, name), placed.Parameter.Shape, placed.Slice, run);
                }

                flat.Dispose();
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
            foreach (var (name, _, buffer) in collector.Collect(part.Rank, RankStates.Buffers))
            {
                var coordinate = plan.Mesh.Coordinate(part.Rank, MeshAxis.Tensor);
                whole.Put(name, shapes[name], plan.Tensor.SliceOf(name, coordinate), buffer);
                buffer.Dispose();
            }
        }

        return whole.ByName;
    }

    /// <summary>A number that all ranks which have it have alike: the first one's, or null.</summary>
    /// <returns>The caller's to dispose.</returns>
    public Tensor? Shared(RankState state)
    {
        Tensor? first = null;
        foreach (var part in plan.Ranks.SelectMany(rank => collector.Collect(rank.Rank, state)))
        {
            if (first is null)
                first = part.Elements.clone().DetachFromDisposeScope();
            part.Elements.Dispose();
        }

        return first;
    }

    private IEnumerable<RankPlan> Replica(int coordinate) =>
        plan.Ranks.Where(rank => plan.Mesh.Coordinate(rank.Rank, MeshAxis.Data) == coordinate);

    /// <summary>Each state's flat buffer of a rank, with the parts that only other data ranks have.</summary>
    private SortedDictionary<string, Tensor> Flat(RankPlan stage, RankState state)
    {
        using var guard = no_grad();
        var flats = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, offset, elements) in Members(stage).SelectMany(member => collector.Collect(member, state)))
        {
            if (!flats.TryGetValue(name, out var flat))
                flats[name] = flat = zeros([stage.ElementCount], elements.dtype, CPU).DetachFromDisposeScope();
            using var place = flat.narrow(0, offset, elements.numel());
            place.copy_(elements);
            elements.Dispose();
        }

        return flats;
    }

    /// <summary>The rank itself last: where each has all of it, its own numbers are the ones.</summary>
    private IEnumerable<int> Members(RankPlan stage) => plan.Shard == Compiler.Checked.ShardLevel.None
        ? [stage.Rank]
        : plan.GroupOf(stage.Rank, MeshAxis.Data)!.Ranks.Where(rank => rank != stage.Rank).Append(stage.Rank);
}
