using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue.Optimizers;

/// <summary>
/// The arguments of Adam and AdamW: alike but for what weight decay means and how much of it there is by default.
/// </summary>
internal static class AdamArguments
{
    public static ImmutableArray<ArgumentRule> With(double weightDecay, string weightDecaySummary) =>
    [
        new ArgumentRule("lr", ArgumentType.Real, "The learning rate before the schedule.")
        {
            IsPositional = true,
            Default = 1e-3,
            Minimum = 0,
            ExcludesMinimum = true,
        },
        new ArgumentRule("beta1", ArgumentType.Real, "The decay of the gradients' running mean.")
        {
            Default = 0.9,
            Minimum = 0,
            Maximum = 1,
            ExcludesMaximum = true,
        },
        new ArgumentRule("beta2", ArgumentType.Real, "The decay of the squared gradients' running mean.")
        {
            Default = 0.999,
            Minimum = 0,
            Maximum = 1,
            ExcludesMaximum = true,
        },
        new ArgumentRule("epsilon", ArgumentType.Real, "Added to the denominator.")
        {
            Default = 1e-8,
            Minimum = 0,
            ExcludesMinimum = true,
        },
        new ArgumentRule("weight_decay", ArgumentType.Real, weightDecaySummary)
        {
            Default = weightDecay,
            Minimum = 0,
        },
    ];
}
