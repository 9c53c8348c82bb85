namespace ParDsl.Compiler.Catalogue.Schedules;

/// <summary>PyTorch's StepLR, with warm-up.</summary>
internal static class StepSchedule
{
    public static readonly ComponentRule Rule = new(
        "step",
        "The learning rate times a factor again and again.",
        [
            new ArgumentRule("every", ArgumentType.Duration, "The time between two changes.")
            {
                IsPositional = true,
                Minimum = 1,
            },
            new ArgumentRule("factor", ArgumentType.Real, "What the rate is multiplied by.")
            {
                Default = 0.1,
                Minimum = 0,
                ExcludesMinimum = true,
            },
            WarmupArgument.Rule,
        ]);
}
