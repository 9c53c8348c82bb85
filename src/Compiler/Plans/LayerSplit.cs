namespace ParDsl.Compiler.Plans;

/// <summary>How the tensor ranks share one layer.</summary>
/// <param name="CutDimension">The dimension of a sample's output that is cut over the ranks; null where each has all of it.</param>
public sealed record LayerSplit(SplitKind Kind, int? CutDimension)
{
    public static readonly LayerSplit Whole = new(SplitKind.Whole, null);
}
