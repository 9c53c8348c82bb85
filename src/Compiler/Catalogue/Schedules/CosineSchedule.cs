namespace ParDsl.Compiler.Catalogue.Schedules;

/// <summary>PyTorch's CosineAnnealingLR over the whole run, with warm-up.</summary>
internal static class CosineSchedule
{
    public static readonly ComponentRule Rule = new(
        "cosine",
        "Half a cosine wave down to the minimum at the run's end.",
        [
            new ArgumentRule("minimum", ArgumentType.Real, "Where the rate ends, as a fraction of the learning rate.")
            {
                Default = 0.0,
                Minimum = 0,
                Maximum = 1,
            },
            new ArgumentRule("warmup", ArgumentType.Duration, "Updates or epochs in which the rate rises in a straight line from 0.")
            {
                Default = "0 steps",
                Minimum = 0,
            },
        ]);
}
