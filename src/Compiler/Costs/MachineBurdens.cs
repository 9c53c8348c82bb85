using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// What it costs a pipeline where its ranks are: numbers of which more are slower. For each rank, how many share its machine, how
/// many machines its data and its tensor ranks are on, and whether its messages leave the machine; and the machines of its replica.
/// </summary>
internal sealed class MachineBurdens
{
    private readonly ImmutableArray<int> machines;
    private readonly int pipeline;
    private readonly int tensor;
    private readonly Dictionary<int, int> neighbours;

    /// <summary>By the place in a replica.</summary>
    private readonly ImmutableArray<int> dataReach;

    public MachineBurdens(Mesh mesh, ImmutableArray<DeviceDescription> devices)
    {
        machines = [.. devices.Select(device => device.Machine)];
        (pipeline, tensor) = (mesh.Degree(MeshAxis.Pipeline), mesh.Degree(MeshAxis.Tensor));
        neighbours = machines.CountBy(machine => machine).ToDictionary();
        var replica = pipeline * tensor;
        dataReach = [.. Enumerable.Range(0, replica).Select(place => Reach(place, mesh.Degree(MeshAxis.Data), replica))];
    }

    /// <param name="line">The ranks of a pipeline, by their places.</param>
    public ImmutableArray<int> Of(ImmutableArray<int> line)
    {
        var replica = pipeline * tensor;
        return
        [
            .. line.SelectMany((rank, place) => (int[])
            [
                neighbours[machines[rank]],
                dataReach[rank % replica],
                Reach(rank - (rank % tensor), tensor, 1),
                machines[rank] == machines[line[(place + 1) % pipeline]] ? 0 : 1,
            ]),
            Reach(line[0] - (line[0] % replica), replica, 1),
        ];
    }

    private int Reach(int first, int count, int stride) =>
        Enumerable.Range(0, count).Select(place => machines[first + (place * stride)]).Distinct().Count();
}
