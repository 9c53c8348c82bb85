using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>Which evaluation was the best one: the first of equal ones, by the metric that the spec names.</summary>
/// <param name="metric">Empty where no best one is kept.</param>
internal sealed class BestSoFar(string metric)
{
    private readonly bool isBetterGreater =
        MetricCatalogue.Rules.FirstOrDefault(rule => rule.Name == metric)?.IsBetterGreater ?? false;

    /// <summary>Null before the first evaluation.</summary>
    public BestState? State { get; private set; }

    /// <summary>What an earlier process of the run found; another metric's says nothing.</summary>
    public void Restore(BestState? state) => State = state?.Metric == metric ? state : null;

    /// <summary>Takes note of an evaluation, and says whether it is the best one so far.</summary>
    /// <param name="validation">The means by name; empty where there is no validation.</param>
    public bool Improves(long step, ImmutableSortedDictionary<string, double> validation)
    {
        if (metric.Length == 0 || !validation.TryGetValue(metric, out var value) || !double.IsFinite(value) || !IsBetter(value))
            return false;
        State = new BestState(metric, value, step);
        return true;
    }

    private bool IsBetter(double value) =>
        State is null || (isBetterGreater ? value > State.Value : value < State.Value);
}
