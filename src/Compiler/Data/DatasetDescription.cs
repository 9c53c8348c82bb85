using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Data;

/// <summary>What the readers learn from a data set's headers, without reading its samples into memory.</summary>
/// <param name="Input">One raw sample's shape.</param>
/// <param name="TargetValueCount">The numbers of one target: 1 for a class label, and as many as tokens for a text.</param>
/// <param name="TrainingCount">Samples to train and validate on; null where only reading all of them would tell.</param>
/// <param name="TestCount">Samples of a test part of its own, 0 where there is none.</param>
public sealed record DatasetDescription(Shape Input, long TargetValueCount, long? TrainingCount, long TestCount)
{
    /// <summary>How many different tokens there are, where the data is a text; null where it is numbers.</summary>
    public long? Vocabulary { get; init; }
}
