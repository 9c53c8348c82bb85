using System.Collections.Immutable;
using System.Numerics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// The pipelines of a mesh that may be its slowest. All do the same actions, but not all lie over the machines alike: of
/// machines of six, pipelines of four ranks lie on one, on two, on one. One that crosses machines wherever another does, and has as
/// many neighbours there, is no faster, so it stands for the other.
/// </summary>
internal static class PipelineLines
{
    /// <summary>The ranks of each such pipeline, by its places; at least one, and the first of those that lie alike.</summary>
    public static ImmutableArray<ImmutableArray<int>> Slowest(Mesh mesh, ImmutableArray<DeviceDescription> devices)
    {
        var burdens = new MachineBurdens(mesh, devices);
        var lines = Lines(mesh, Different(mesh, devices)).Select(line => (Ranks: line, Burden: burdens.Of(line))).DistinctBy(line => string.Join(',', line.Burden)).ToArray();
        return [.. lines.Where(line => !lines.Any(other => IsHeavier(other.Burden, line.Burden))).Select(line => line.Ranks)];
    }

    /// <summary>How many of the first replicas lie differently: on machines of k ranks each, it is as before after k ranks.</summary>
    private static int Different(Mesh mesh, ImmutableArray<DeviceDescription> devices)
    {
        var replicas = mesh.Degree(MeshAxis.Data);
        var each = devices.Count(device => device.Machine == devices[0].Machine);
        var isEven = devices.Length % each == 0 && devices.Index().All(pair => pair.Item.Machine == pair.Index / each);
        return isEven ? Math.Min(replicas, each / (int)BigInteger.GreatestCommonDivisor(each, mesh.WorldSize / replicas)) : replicas;
    }

    private static IEnumerable<ImmutableArray<int>> Lines(Mesh mesh, int replicas)
    {
        var (pipeline, tensor) = (mesh.Degree(MeshAxis.Pipeline), mesh.Degree(MeshAxis.Tensor));
        foreach (var replica in Enumerable.Range(0, replicas))
        {
            foreach (var place in Enumerable.Range(0, tensor))
                yield return [.. Enumerable.Range(0, pipeline).Select(stage => (((replica * pipeline) + stage) * tensor) + place)];
        }
    }

    /// <summary>Of two that differ: whether one is nowhere less than the other.</summary>
    private static bool IsHeavier(ImmutableArray<int> one, ImmutableArray<int> other) =>
        !one.SequenceEqual(other) && one.Zip(other).All(pair => pair.First >= pair.Second);
}
