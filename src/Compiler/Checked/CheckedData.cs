using System.Collections.Immutable;
using ParDsl.Compiler.Data;
using ParDsl.Source;

namespace ParDsl.Compiler.Checked;

/// <summary>Where samples come from and what each is.</summary>
/// <param name="Source">csv, idx, synthetic or text, with its arguments.</param>
/// <param name="Input">One sample's shape as the model sees it.</param>
/// <param name="InputScale">What raw numbers are multiplied by.</param>
/// <param name="InputShift">What is added after scaling.</param>
/// <param name="ValidationFraction">The share of the training samples kept back for validation, in [0, 1).</param>
/// <param name="Description">What the reader found in the files' headers.</param>
/// <param name="InputColumns">As in <see cref="DatasetRequest"/>: empty for all columns but the target's.</param>
/// <param name="TargetColumns">As in <see cref="DatasetRequest"/>: empty for the last columns.</param>
/// <param name="SourceSpan">
/// As in <see cref="DatasetRequest"/>: relative paths start at its file's folder, and what is wrong in the files is shown there.
/// </param>
public sealed record CheckedData(
    CheckedComponent Source,
    Shape Input,
    double InputScale,
    double InputShift,
    CheckedTarget Target,
    double ValidationFraction,
    DatasetDescription Description,
    ImmutableArray<string> InputColumns,
    ImmutableArray<string> TargetColumns,
    SourceSpan SourceSpan)
{
    /// <summary>Tokens where the data has a vocabulary.</summary>
    public ValueKind InputKind =>
        Description.Vocabulary is { } vocabulary ? new ValueKind.Tokens(vocabulary) : ValueKind.Numbers;

    /// <summary>
    /// Whether samples are cut from one run of a text: validation is then the run's end, for a model that has seen the
    /// text around a block knows much of it.
    /// </summary>
    public bool IsOneRun => InputKind is ValueKind.Tokens;

    /// <summary>
    /// How many of so many samples are kept back: the fraction rounded, halves up, that leaves at least one to train on.
    /// </summary>
    public long ValidationCount(long sampleCount) => ValidationShare.CountOf(sampleCount, ValidationFraction);

    /// <summary>The samples of an epoch: those that are not kept back; null where they are counted when they are read.</summary>
    public long? EpochSampleCount => Description.TrainingCount - ValidationCount(Description.TrainingCount ?? 0);
}
