namespace ParDsl.Compiler.Catalogue.Losses;

/// <summary>PyTorch's CrossEntropyLoss: output [classes] and a class, or [places, classes] and one at each place.</summary>
internal static class CrossEntropyLoss
{
    public static readonly LossRule Rule = new(
        "cross_entropy",
        "Mean negative log-likelihood of the right class; applies softmax to the model's output itself.",
        [
            new ArgumentRule(
                "label_smoothing", ArgumentType.Real, "How much of the target's weight is spread evenly over all classes.")
            {
                Default = 0.0,
                Minimum = 0,
                Maximum = 1,
                ExcludesMaximum = true,
            },
        ],
        TargetKind.Class,
        "softmax");
}
