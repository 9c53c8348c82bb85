namespace ParDsl.Compiler.Catalogue.Schedules;

/// <summary>One rate for the whole run.</summary>
internal static class ConstantSchedule
{
    public static readonly ComponentRule Rule = new(
        "constant",
        "The learning rate as written.",
        [WarmupArgument.Rule]);
}
