using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>
/// The smallest change of a program's layout that makes it fit its devices: changes are tried in the order of what they cost,
/// each laid out as it would run.
/// </summary>
internal static class MemoryAdvice
{
    /// <summary>What to write, and the bytes that a rank then needs; null where no change of these is enough.</summary>
    public static MemoryChange? Of(CheckedProgram program, Degrees degrees, ImmutableArray<DeviceDescription> devices)
    {
        var memory = devices.Min(device => device.MemoryBytes);
        if (memory == 0 || ParameterBytes.ExceedAll(program, devices))
            return null;
        foreach (var (changed, mesh, words) in Changes(program, degrees))
        {
            if (LayoutFit.Mistakes(changed, mesh).IsEmpty && LayoutTrial.NeededBytes(changed, mesh, devices) is var bytes && bytes <= memory)
                return new MemoryChange(changed, mesh, words, bytes);
        }

        return null;
    }

    private static IEnumerable<(CheckedProgram Program, Degrees Degrees, string Words)> Changes(CheckedProgram program, Degrees degrees)
    {
        var parallel = program.Parallel;
        foreach (var shard in Shards(parallel, degrees))
            yield return Own(shard, parallel.Recompute);
        var again = Own(parallel.Data?.Shard ?? ShardLevel.None, new RecomputeRequest(true, 0));
        if (!parallel.Recompute.IsWanted)
        {
            yield return again;
            foreach (var shard in Shards(parallel, degrees))
                yield return Own(shard, again.Program.Parallel.Recompute);
        }

        foreach (var smaller in SmallerMicroBatches.Of(program))
            yield return (smaller, degrees, Accumulation(smaller));
        foreach (var option in Meshes(program, degrees))
            yield return Block(program, option);

        if (!parallel.Recompute.IsWanted)
        {
            foreach (var smaller in SmallerMicroBatches.Of(again.Program))
                yield return (smaller, degrees, $"{again.Words} and {Accumulation(smaller)}");
        }

        (CheckedProgram Program, Degrees Degrees, string Words) Own(ShardLevel shard, RecomputeRequest recompute) => parallel.IsAuto
            ? Block(program, new LayoutOption(degrees, shard, 1, ScheduleKind.OneForwardOneBackward, 1, recompute, false))
            : Statements(program, degrees, shard, recompute);
    }

    /// <summary>What to write where a block stands already: what it lacks.</summary>
    private static (CheckedProgram Program, Degrees Degrees, string Words) Statements(
        CheckedProgram program, Degrees degrees, ShardLevel shard, RecomputeRequest recompute)
    {
        var parallel = program.Parallel;
        var changed = parallel with { Data = parallel.Data is { } data ? data with { Shard = shard } : null, Recompute = recompute };
        string[] lacking =
        [
            .. recompute == parallel.Recompute ? (string[])[] : ["`recompute all`"],
            .. changed.Data == parallel.Data ? (string[])[] : [$"`shard {shard.Words()}`"],
        ];
        return (program with { Parallel = changed }, degrees, string.Join(" and ", lacking));
    }

    /// <summary>What to write in place of a block, or where there is none: what the one there says of its own axes goes with them.</summary>
    private static (CheckedProgram Program, Degrees Degrees, string Words) Block(CheckedProgram program, LayoutOption option)
    {
        var parallel = program.Parallel;
        var replaced = parallel with
        {
            Data = parallel.Data is { } data ? data with { BucketBytes = 0 } : null,
            Pipeline = null,
            Tensor = null,
        };
        return (
            program with { Parallel = option.Request(replaced) },
            option.Degrees,
            $"`parallel {{ {option.Words}{Beside(parallel)} }}`");
    }

    /// <summary>What it says beside its axes, and what stays.</summary>
    private static string Beside(ParallelRequest parallel) =>
        (parallel.Nodes is { } nodes ? $"; nodes {Wording.Number(nodes.Count)}" : "")
            + (parallel.CheckReplicasEvery.Length > 0 ? $"; check_replicas every={parallel.CheckReplicasEvery}" : "");

    private static IEnumerable<ShardLevel> Shards(ParallelRequest parallel, Degrees degrees) => degrees.Data == 1
        ? []
        : Enum.GetValues<ShardLevel>().Where(shard => shard > (parallel.Data?.Shard ?? ShardLevel.None));

    private static string Accumulation(CheckedProgram program) => $"`accumulate {program.Training.Accumulate}` in `train`";

    /// <summary>Other meshes of the same devices, with what saves most: the fewest stages and tensor ranks first.</summary>
    private static IEnumerable<LayoutOption> Meshes(CheckedProgram program, Degrees degrees) =>
        new LayoutOptions(program, degrees.WorldSize, degrees.WorldSize).All
            .Where(option => option.Schedule == ScheduleKind.OneForwardOneBackward)
            .OrderBy(option => option.Degrees.Pipeline * option.Degrees.Tensor)
            .ThenBy(option => option.Degrees.Tensor)
            .ThenBy(option => option.DividesSequence)
            .ThenBy(option => option.Recompute.IsWanted)
            .ThenBy(option => option.Shard)
            .GroupBy(option => (option.Degrees, option.DividesSequence, option.Recompute, option.Shard))
            .Select(same => same.MaxBy(option => option.MicroBatches)!);
}
