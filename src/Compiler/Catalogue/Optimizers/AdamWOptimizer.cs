namespace ParDsl.Compiler.Catalogue.Optimizers;

/// <summary>PyTorch's AdamW (Loshchilov and Hutter 2019).</summary>
internal static class AdamWOptimizer
{
    public static readonly OptimizerRule Rule = new(
        "adamw",
        "Adam, with weight decay apart from the gradient.",
        AdamArguments.With(weightDecay: 1e-2, "The share of the learning rate by which parameters shrink in each update."),
        _ => 2,
        AdamStep.Longest);
}
