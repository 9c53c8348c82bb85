namespace ParDsl.Accuracy;

/// <summary>
/// The planner's own choice and the layout that came out fastest, measured again in turn: of twenty layouts that were measured
/// once, the fastest is so by luck, too. The least of each counts: a neighbour's work makes an update slower, and nothing makes
/// it quicker than it is.
/// </summary>
internal static class Rematch
{
    private const int Rounds = 3;

    public static void Run(CaseRunner runner, KeptMeasurements kept, Example example)
    {
        var measured = kept.Read().Where(each => each.Example == example.Name).ToArray();
        if (measured.FirstOrDefault(each => each.Layout == MeasuredLayouts.Auto) is not { } choice)
            return;
        var others = measured.Where(each => each.Strategy != choice.Strategy).ToArray();
        if (others.MinBy(each => each.StepSeconds) is not { } fastest)
            return;
        var rounds = Enumerable.Range(0, Rounds).Select(_ => (Choice: Again(choice), Fastest: Again(fastest))).ToArray();
        Keep(choice, rounds.Select(round => round.Choice));
        Keep(fastest, rounds.Select(round => round.Fastest));

        Measurement? Again(Measurement one) => runner.Measure(example, one.Layout, one.Strategy);

        void Keep(Measurement one, IEnumerable<Measurement?> again)
        {
            var seconds = again.OfType<Measurement>().Select(each => each.StepSeconds).ToArray();
            if (seconds.Length > 0)
                kept.Keep(one with { StepSeconds = Math.Min(one.StepSeconds, seconds.Min()) });
        }
    }
}
