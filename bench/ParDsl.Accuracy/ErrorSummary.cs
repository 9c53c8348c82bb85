using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Benchmarks.Rates;

namespace ParDsl.Accuracy;

/// <summary>A kind of prediction's errors in a sentence.</summary>
/// <param name="what">The predictions: <c>time of an update</c>.</param>
/// <param name="bound">The error that is aimed at.</param>
internal sealed class ErrorSummary(string what, double bound, Func<ComparedCase, double?> errorOf)
{
    private const int WorstCount = 3;

    public string Of(IEnumerable<ComparedCase> cases)
    {
        var errors = cases.Select(each => (each.Name, Error: errorOf(each)))
            .Where(each => each.Error is not null)
            .Select(each => (each.Name, Error: each.Error!.Value))
            .OrderByDescending(each => Math.Abs(each.Error))
            .ToImmutableArray();
        if (errors.IsEmpty)
            return $"- {what}: nothing to compare; without `pardsl devices --calibrate` no time is predicted.";
        var within = errors.Count(each => Math.Abs(each.Error) <= bound);
        var worst = errors.Take(WorstCount).Select(each => $"{each.Name} ({Percent(each.Error)})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"- {what}: median of absolute errors {Median.Of(errors.Select(each => Math.Abs(each.Error))):P1}, "
                + $"{within} of {errors.Length} cases within {bound:P0}; worst: {string.Join(", ", worst)}.");
    }

    /// <summary>+12 %; with the sign of a prediction that is too high.</summary>
    public static string Percent(double error) => string.Create(CultureInfo.InvariantCulture, $"{100 * error:+0;-0;0} %");
}
