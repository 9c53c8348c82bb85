namespace ParDsl.Compiler.Catalogue.Losses;

/// <summary>PyTorch's L1Loss.</summary>
internal static class L1Loss
{
    public static readonly LossRule Rule = new(
        "l1",
        "Mean of the absolute differences over all values.",
        [],
        TargetKind.Values,
        "");
}
