using System.Globalization;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>
/// A run's first losses against a golden: its first line holds the relative tolerance, since processors round sums
/// differently; each further line the loss of a step.
/// </summary>
internal static class LossGolden
{
    private const double Tolerance = 1e-3;

    /// <param name="path">Below tests/Goldens.</param>
    public static void Check(string path, IReadOnlyList<double> losses)
    {
        var file = Path.Combine(Golden.Root, "tests", "Goldens", path);
        if (Golden.IsAccepting || !File.Exists(file))
        {
            Golden.Check(path, Text(losses));
            return;
        }

        var lines = File.ReadAllLines(file);
        var tolerance = double.Parse(lines[0].Split(' ')[^1], CultureInfo.InvariantCulture);
        var expected = lines.Skip(1).Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(expected.Count, losses.Count);
        Assert.All(expected.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Abs(pair.First)));
    }

    private static string Text(IEnumerable<double> losses) =>
        string.Create(CultureInfo.InvariantCulture, $"relative tolerance {Tolerance}\n")
        + string.Concat(losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss:G6}\n")));
}
