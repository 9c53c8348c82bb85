using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>What can be wrong between given weights and the model: one function per mistake.</summary>
internal static class WeightErrors
{
    /// <summary>More than a screen can show helps nobody; the first ones show the pattern.</summary>
    private const int Shown = 12;

    public static RunFailedException DoNotFit(string path, ImmutableArray<string> mistakes) => FileErrors.Fail(
        "PD5209",
        $"the weights in `{path}` do not fit the model: {string.Join("; ", mistakes.Take(Shown))}{Rest(mistakes.Length)}",
        "compare with the parameters that `pardsl show checked FILE` lists");

    private static string Rest(int count) =>
        count > Shown ? string.Create(CultureInfo.InvariantCulture, $"; and {count - Shown} more") : "";
}
