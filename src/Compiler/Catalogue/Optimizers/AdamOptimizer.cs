namespace ParDsl.Compiler.Catalogue.Optimizers;

/// <summary>PyTorch's Adam (Kingma and Ba 2015).</summary>
internal static class AdamOptimizer
{
    public static readonly OptimizerRule Rule = new(
        "adam",
        "Adam, with weight decay as a part of the gradient.",
        AdamArguments.With(weightDecay: 0.0, "The factor of the parameters that is added to their gradients."),
        _ => 2,
        // What decay adds to a gradient is as large as the weights make it.
        (arguments, update, gradient) =>
            AdamStep.Longest(arguments, update, arguments.Real("weight_decay") > 0 ? double.PositiveInfinity : gradient));
}
