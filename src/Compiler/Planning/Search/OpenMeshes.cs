using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>
/// The meshes of a block that leaves degrees out, for a batch that is still to be found: over the most GPUs first, or the fewest
/// cores, then with tensor ranks within machines, the most replicas, and the most stages.
/// </summary>
internal sealed class OpenMeshes(CheckedProgram program, HardwareDescription hardware, DeviceOffer offer)
{
    /// <summary>The first that holds a sample for each part of a batch; null where none does.</summary>
    /// <param name="most">Of a batch's samples.</param>
    public BatchLayout? First(long most) =>
        Sizes().SelectMany(size => Of(size, most)).FirstOrDefault(layout => layout.Memory == 0 || layout.HoldsSmallest);

    /// <summary>Ranks on cores share the machine's memory: the fewest have the most of it.</summary>
    private IEnumerable<int> Sizes()
    {
        var sizes = WorldSizes.Of(offer, fills: true).All;
        return offer.IsVirtual ? sizes.Reverse() : sizes;
    }

    private IEnumerable<BatchLayout> Of(int worldSize, long most)
    {
        var devices = MachineShares.Devices(hardware, offer, worldSize);
        if (ParameterBytes.ExceedAll(program, devices))
            return [];
        var ranksOfMachine = MachineShares.RanksInARow(devices);
        return
            from option in OpenDegrees.Every(program, worldSize, worldSize)
            orderby ranksOfMachine % option.Degrees.Tensor != 0, option.Degrees.Data descending, option.Degrees.Pipeline descending
            where !ExceedReplica(option.Degrees, devices)
            let laidOut = program with { Parallel = option.Request(program.Parallel) }
            let parts = BatchCut.Parts(laidOut, option.Degrees)
            where parts <= most
            let layout = new BatchLayout(laidOut.WithBatch((long)parts), option.Degrees, devices)
            where LayoutFit.Mistakes(layout.Smallest, layout.Degrees).IsEmpty
            select layout;
    }

    /// <summary>Whether a replica's parameters alone are more than its ranks hold, which keep them whole where nothing is sharded.</summary>
    private bool ExceedReplica(Degrees degrees, ImmutableArray<DeviceDescription> devices) =>
        (program.Parallel.Data?.Shard ?? ShardLevel.None) == ShardLevel.None
        && devices.Min(device => device.MemoryBytes) is > 0 and var memory
        && ParameterBytes.LeastOfRank(program, degrees.Pipeline * degrees.Tensor) > memory;
}
