using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ParDsl.Benchmarks.Rates;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Timelines;
using ParDsl.Runtime.Training;

namespace ParDsl.Accuracy;

/// <summary>
/// Where a prediction goes wrong: what each rank spends on each kind of action in an update, predicted beside measured. What a
/// rank waits is within the action that it waits in.
/// </summary>
internal static class ActionComparison
{
    private const int Updates = 200;

    /// <summary>So long .NET takes to compile again what is called often.</summary>
    private const double WarmingSeconds = 2;

    public static string Of(ExecutionPlan plan)
    {
        var measured = Measure(plan);
        return string.Join('\n',
        [
            "| rank | action | predicted ms | measured ms |",
            "| --- | --- | ---: | ---: |",
            .. measured.SelectMany((kinds, rank) => kinds.Select(kind => Row(rank, kind.Key, Predicted(plan, rank, kind.Key), kind.Value))),
        ]);
    }

    /// <summary>Milliseconds by kind, for each rank: the mean over updates.</summary>
    private static ImmutableArray<ImmutableSortedDictionary<string, double>> Measure(ExecutionPlan plan)
    {
        var timeline = new ActionTimeline(plan.Ranks.Length);
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory.With(timeline));
        for (var spent = 0.0; spent < WarmingSeconds;)
        {
            spent += Timing.Seconds(() => session.Step(1));
            timeline.Take();
        }

        // One after the other, as in a run: threads that stop after each find their caches cold.
        session.Step(Updates);
        return
        [
            .. timeline.Take().Select(rank => rank
                .GroupBy(action => Kind(action.Action))
                .ToImmutableSortedDictionary(kind => kind.Key, kind => kind.Sum(Milliseconds) / Updates, StringComparer.Ordinal)),
        ];
    }

    private static double? Predicted(ExecutionPlan plan, int rank, string kind) =>
        1000 * plan.Prediction?.Ranks.First(one => one.Stands.Contains(rank)).Actions
            .Where(action => !action.IsBackground && Kind(action.Action) == kind).Sum(action => action.Seconds);

    private static double Milliseconds(TimedAction action) => 1000.0 * (action.End - action.Start) / Stopwatch.Frequency;

    private static string Kind(PlanAction action) => action.GetType().Name;

    private static string Row(int rank, string kind, double? predicted, double measured) => string.Create(
        CultureInfo.InvariantCulture, $"| {rank} | {kind} | {predicted:0.000} | {measured:0.000} |");
}
