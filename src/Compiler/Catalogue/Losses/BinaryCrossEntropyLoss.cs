namespace ParDsl.Compiler.Catalogue.Losses;

/// <summary>PyTorch's BCEWithLogitsLoss.</summary>
internal static class BinaryCrossEntropyLoss
{
    public static readonly LossRule Rule = new(
        "bce_with_logits",
        "Mean binary cross-entropy of targets from 0 to 1; applies sigmoid to the model's output itself.",
        [],
        TargetKind.Values,
        "sigmoid");
}
