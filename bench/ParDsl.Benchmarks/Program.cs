// Runs one comparison and prints its figures; the last line is `ratio X.XX`, ours over the other's, of medians.
using System.Globalization;
using ParDsl.Benchmarks.Comparisons;
using ParDsl.Benchmarks.Memory;
using ParDsl.Benchmarks.Mpi;
using ParDsl.Runtime.Native;

const int NotMeasured = 3;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 0)
{
    foreach (var each in ComparisonList.All)
        Console.WriteLine($"{each.Name,-16}{each.About}");
    return 0;
}

if (args is [ShardMemory.OneLevel, var level])
{
    NativeLibraries.Load();
    ShardMemory.Measure(level, Console.Out);
    return 0;
}

if (args is [AllReduceRank.Argument, var bytes])
{
    NativeLibraries.Load();
    AllReduceRank.Run(int.Parse(bytes, CultureInfo.InvariantCulture));
    return 0;
}

if (args is [TrainingRank.Argument, var spec])
{
    NativeLibraries.Load();
    TrainingRank.Run(spec);
    return 0;
}

if (args.Length > 1 || ComparisonList.All.FirstOrDefault(candidate => candidate.Name == args[0]) is not { } comparison)
{
    Console.Error.WriteLine("usage: benchmark NAME; without a name it lists the comparisons");
    return 2;
}

try
{
    NativeLibraries.Load();
    Console.WriteLine($"ratio {comparison.Run(Console.Out):F2}");
    return 0;
}
catch (UnavailableException unavailable)
{
    Console.Error.WriteLine($"benchmark: {unavailable.Message}");
    return NotMeasured;
}
