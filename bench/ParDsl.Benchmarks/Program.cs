// Runs one comparison and prints its figures; the last line is `ratio X.XX`, ours over the other's, of medians.
using System.Globalization;
using ParDsl.Benchmarks;
using ParDsl.Benchmarks.Comparisons;
using ParDsl.Runtime.Native;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var name = args.Length == 1 ? args[0] : "";
if (ComparisonList.All.FirstOrDefault(candidate => candidate.Name == name) is not { } comparison)
{
    Console.Error.WriteLine($"usage: benchmark NAME, where NAME is one of {string.Join(", ", ComparisonList.All.Select(each => each.Name))}");
    return 2;
}

NativeLibraries.Load();
var loops = comparison.Sides.Select(side => side.Open()).ToArray();
var rates = new Alternation(Rounds: 7, SecondsPerRound: 2).Measure(loops);
foreach (var loop in loops)
    loop.Dispose();

Console.WriteLine($"{comparison.Name}: samples/s, median of {rates[0].Length} rounds each, in turn, {Environment.ProcessorCount} cores");
foreach (var (side, sideRates) in comparison.Sides.Zip(rates))
    Console.WriteLine($"  {side.Title,-32} {Alternation.Median(sideRates),9:F0}   ({sideRates.Min():F0} to {sideRates.Max():F0})");
Console.WriteLine($"ratio {Alternation.Median(rates[0]) / Alternation.Median(rates[1]):F2}");
return 0;
