namespace ParDsl.Accuracy;

/// <summary>
/// Measures an example's layouts once more, some minutes after the first time, and then the planner's own choice and the layout
/// that came out fastest in turn: of twenty layouts that were measured once, the fastest is so by luck, too. The least of each
/// counts: a neighbour's work makes an update slower, and nothing makes it quicker than it is.
/// </summary>
internal sealed class Rematch(CaseRunner runner, KeptMeasurements kept, Example example)
{
    private const int Rounds = 3;

    public void Run()
    {
        foreach (var each in Measured())
            Again(each);
        for (var round = 0; round < Rounds; round++)
        {
            var measured = Measured();
            if (measured.FirstOrDefault(each => each.Layout == MeasuredLayouts.Auto) is not { } choice)
                return;
            Again(choice);
            if (measured.Where(each => each.Words != choice.Words).MinBy(each => each.StepSeconds) is { } fastest)
                Again(fastest);
        }
    }

    private Measurement[] Measured() => [.. kept.Read().Where(each => each.Example == example.Name)];

    private void Again(Measurement one)
    {
        if (runner.Time(example, one.Layout) is { } timed && timed.Seconds < one.StepSeconds)
            kept.Keep(one with { StepSeconds = timed.Seconds });
    }
}
