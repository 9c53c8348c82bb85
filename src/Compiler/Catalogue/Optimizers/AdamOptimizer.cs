namespace ParDsl.Compiler.Catalogue.Optimizers;

/// <summary>PyTorch's Adam (Kingma and Ba 2015).</summary>
internal static class AdamOptimizer
{
    public static readonly OptimizerRule Rule = new(
        "adam",
        "Adam, with weight decay as a part of the gradient.",
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
            new ArgumentRule("weight_decay", ArgumentType.Real, "The factor of the parameters that is added to their gradients.")
            {
                Default = 0.0,
                Minimum = 0,
            },
        ],
        _ => 2);
}
