using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>A layout that is to hold a batch which is still to be found.</summary>
/// <param name="Smallest">The program in that layout, with a sample for each part of a batch.</param>
/// <param name="Devices">Of all ranks.</param>
internal sealed record BatchLayout(CheckedProgram Smallest, Degrees Degrees, ImmutableArray<DeviceDescription> Devices)
{
    /// <summary>Of the device that has least; 0 where that is not known.</summary>
    public long Memory { get; } = Devices.Min(device => device.MemoryBytes);

    public bool HoldsSmallest => NeededFor(Smallest.Training.GlobalBatch) <= Memory;

    /// <summary>What the rank that needs most holds; what 64 bits cannot count, no device does.</summary>
    public long NeededFor(long batch)
    {
        try
        {
            return LayoutTrial.NeededBytes(Smallest.WithBatch(batch), Degrees, Devices);
        }
        catch (OverflowException)
        {
            return long.MaxValue;
        }
    }
}
