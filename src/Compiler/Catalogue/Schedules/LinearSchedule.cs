namespace ParDsl.Compiler.Catalogue.Schedules;

/// <summary>PyTorch's LinearLR over the whole run, with warm-up.</summary>
internal static class LinearSchedule
{
    public static readonly ComponentRule Rule = new(
        "linear",
        "A straight line down to the minimum at the run's end.",
        [MinimumArgument.Rule, WarmupArgument.Rule]);
}
