using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What the planner has settled on: the degrees, one device for each rank, and what the user should know of it.
/// </summary>
internal sealed record Layout(Degrees Degrees, ImmutableArray<DeviceDescription> Devices, ImmutableArray<string> Notes)
{
    /// <summary>In the language's words: <c>data 2, pipeline 4, shard optimizer</c>.</summary>
    public static string Strategy(ParallelRequest request, Degrees degrees)
    {
        var words = new List<string>();
        if (degrees.Data > 1)
            words.Add($"data {degrees.Data}");
        if (degrees.Pipeline > 1)
            words.Add($"pipeline {degrees.Pipeline}");
        if (degrees.Tensor > 1)
            words.Add($"tensor {degrees.Tensor}{(request.Tensor is { DividesSequence: true } ? " sequence=true" : "")}");
        if (degrees.Data > 1 && request.Data is { Shard: > ShardLevel.None } data)
            words.Add($"shard {data.Shard.Words()}");
        return words.Count == 0 ? "single device" : string.Join(", ", words);
    }
}
