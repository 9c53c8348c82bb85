namespace ParDsl.Compiler.Catalogue.Optimizers;

/// <summary>PyTorch's AdamW (Loshchilov and Hutter 2019).</summary>
internal static class AdamWOptimizer
{
    public static readonly OptimizerRule Rule = new(
        "adamw",
        "Adam, with weight decay apart from the gradient.",
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
            new ArgumentRule("weight_decay", ArgumentType.Real, "The share of the learning rate by which parameters shrink in each update.")
            {
                Default = 1e-2,
                Minimum = 0,
            },
        ],
        _ => 2);
}
