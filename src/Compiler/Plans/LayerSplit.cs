namespace ParDsl.Compiler.Plans;

/// <summary>How the tensor ranks share one layer.</summary>
/// <param name="CutDimension">The dimension of a sample's output that is cut over the ranks; null where each has all of it.</param>
public sealed record LayerSplit(SplitKind Kind, int? CutDimension)
{
    /// <summary>The dimension of a sample that is the sequence: of tokens [length], of values [length, features].</summary>
    public const int SequenceDimension = 0;

    public static readonly LayerSplit Whole = new(SplitKind.Whole, null);

    /// <summary>Whether each rank has the output at its places of the sequence, all features of them.</summary>
    public bool DividesSequence =>
        CutDimension == SequenceDimension && (Kind == SplitKind.Sequence || Kind.SumsOutput());
}
