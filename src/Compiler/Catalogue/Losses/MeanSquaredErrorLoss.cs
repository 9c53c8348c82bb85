namespace ParDsl.Compiler.Catalogue.Losses;

/// <summary>PyTorch's MSELoss.</summary>
internal static class MeanSquaredErrorLoss
{
    public static readonly LossRule Rule = new(
        "mse",
        "Mean of the squared differences over all values.",
        [],
        TargetKind.Values,
        "");
}
