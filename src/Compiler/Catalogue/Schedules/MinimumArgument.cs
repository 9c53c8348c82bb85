namespace ParDsl.Compiler.Catalogue.Schedules;

/// <summary>Where the schedules that fall over the whole run end.</summary>
internal static class MinimumArgument
{
    public static readonly ArgumentRule Rule =
        new("minimum", ArgumentType.Real, "Where the rate ends, as a fraction of the learning rate.")
        {
            Default = 0.0,
            Minimum = 0,
            Maximum = 1,
        };
}
