namespace ParDsl.Compiler.Catalogue.Schedules;

/// <summary>One rate for the whole run.</summary>
internal static class ConstantSchedule
{
    public static readonly ComponentRule Rule = new(
        "constant",
        "The learning rate as written.",
        [
            new ArgumentRule("warmup", ArgumentType.Duration, "Updates or epochs in which the rate rises in a straight line from 0.")
            {
                Default = "0 steps",
                Minimum = 0,
            },
        ]);
}
