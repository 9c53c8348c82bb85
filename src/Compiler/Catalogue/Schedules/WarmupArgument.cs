namespace ParDsl.Compiler.Catalogue.Schedules;

/// <summary>The argument that every schedule takes: how long the rate rises before the schedule's own curve.</summary>
internal static class WarmupArgument
{
    public static readonly ArgumentRule Rule =
        new("warmup", ArgumentType.Duration, "Updates or epochs in which the rate rises in a straight line from 0.")
        {
            Default = "0 steps",
            Minimum = 0,
        };
}
