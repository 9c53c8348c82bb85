using System.Collections.Immutable;

namespace ParDsl.Compiler.Hardware;

/// <summary>What the command line asks for: <c>--gpus N</c>, <c>--devices 0,2</c>, <c>--require-gpu</c>.</summary>
/// <param name="Count">The devices asked for; 0 where nothing was said.</param>
/// <param name="Indices">The GPUs asked for by number; empty where nothing was said.</param>
/// <param name="RequireGpu">Whether virtual devices may not stand in.</param>
public sealed record DeviceRequest(int Count, ImmutableArray<int> Indices, bool RequireGpu)
{
    public static readonly DeviceRequest Unstated = new(0, [], false);
}
