using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ParDsl.Benchmarks.Comparisons;

namespace ParDsl.Benchmarks.Memory;

/// <summary>
/// What four data ranks really take under each level of <c>shard</c>, beside what their plan says. Each level has a process of
/// its own: a heap keeps traces of what was in it before.
/// </summary>
internal sealed class ShardMemory : IComparison
{
    /// <summary>The first argument of the process that measures one level, the second one.</summary>
    public const string OneLevel = "shard-memory-of";

    private const int RankCount = 4;
    private const int Updates = 5;
    private const double Mebibyte = 1 << 20;

    private static readonly ImmutableArray<string> Levels = ["none", "optimizer", "gradients", "parameters"];

    public string Name => "shard-memory";

    public string About => "the memory that 4 data ranks save under `shard parameters`, over what the plan says; each level beside it";

    public double Run(TextWriter output)
    {
        output.WriteLine($"{Name}: MiB of {RankCount} data ranks together, the peak of {Updates} updates");
        output.WriteLine($"  {"shard",-12} {"planned",9} {"measured",9}");
        var levels = Levels.Select(InProcessOfItsOwn).ToArray();
        foreach (var (level, (planned, measured)) in Levels.Zip(levels))
            output.WriteLine($"  {level,-12} {planned / Mebibyte,9:F0} {measured / Mebibyte,9:F0}");
        return (double)(levels[0].Measured - levels[^1].Measured) / (levels[0].Planned - levels[^1].Planned);
    }

    /// <summary>Writes the bytes that the plan says and those that were taken.</summary>
    public static void Measure(string level, TextWriter output)
    {
        // The first session brings in what the process keeps: code and tables.
        using (var first = SpecLoop.Open("mlp.pd", cores: RankCount, devices: RankCount, $"parallel.data={RankCount}"))
            first.Step(Updates);
        var before = ResidentMemory.Settled();
        using var loop = SpecLoop.Open(
            "wide.pd", cores: RankCount, devices: RankCount, level == Levels[0] ? [] : [$"parallel.shard={level}"]);
        // The first update makes what stays: gradients, optimizer states.
        loop.Step(1);
        ResidentMemory.Settled();
        var peak = ResidentMemory.Peak(() => loop.Step(Updates));
        output.WriteLine($"{loop.Plan.Ranks.Sum(rank => rank.Memory.TotalBytes)} {peak - before}");
    }

    private static (long Planned, long Measured) InProcessOfItsOwn(string level)
    {
        string[] arguments = [typeof(ShardMemory).Assembly.Location, OneLevel, level];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        var figures = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return process.ExitCode == 0 && figures is [var planned, var measured]
            ? (long.Parse(planned, CultureInfo.InvariantCulture), long.Parse(measured, CultureInfo.InvariantCulture))
            : throw new UnavailableException($"the process that measures `shard {level}` ended with {process.ExitCode}");
    }
}
