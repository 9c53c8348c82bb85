namespace ParDsl.Compiler.Catalogue.Schedules;

/// <summary>PyTorch's CosineAnnealingLR over the whole run, with warm-up.</summary>
internal static class CosineSchedule
{
    public static readonly ComponentRule Rule = new(
        "cosine",
        "Half a cosine wave down to the minimum at the run's end.",
        [MinimumArgument.Rule, WarmupArgument.Rule]);
}
