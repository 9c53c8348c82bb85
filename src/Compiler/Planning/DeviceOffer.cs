using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning;

/// <summary>The devices that a layout may use.</summary>
/// <param name="Gpus">The GPUs in the order of their ranks; empty where virtual devices are to stand in.</param>
/// <param name="StatedCount">
/// The devices that the command line asks for, all of which must be used; 0 where it says nothing.
/// </param>
internal sealed record DeviceOffer(ImmutableArray<DeviceDescription> Gpus, int StatedCount)
{
    public bool IsVirtual => Gpus.IsEmpty;

    public bool IsStated => StatedCount > 0;
}
