using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What the planner has settled on: the degrees, one device for each rank, and what the user should know of it.
/// </summary>
internal sealed record Layout(int DataDegree, ImmutableArray<DeviceDescription> Devices, ImmutableArray<string> Notes)
{
    public string Strategy => DataDegree == 1 ? "single device" : $"data {DataDegree}";
}
