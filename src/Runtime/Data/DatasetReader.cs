using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;

namespace ParDsl.Runtime.Data;

/// <summary>
/// Checked data and its files come in; every sample comes out in memory, cut into training, validation and test parts.
/// </summary>
public static class DatasetReader
{
    /// <exception cref="RunFailedException">The data is not as it must be: with the first mistake.</exception>
    public static LoadedDataset Read(CheckedData data, CheckedTraining training)
    {
        var tables = DatasetSources.Of(data.Source.Kind).Read(RequestOf(data));
        if (tables.Value is not { } value)
            throw new RunFailedException(tables.Diagnostics[0]);
        CheckUnchanged(value.Training, data);
        var format = new SampleFormat(data.Input, data.InputScale, data.InputShift, data.Target)
        {
            InputKind = data.InputKind,
        };
        return Divide(value, format, ValidationSplit.Of(value.Training.Count, data, training));
    }

    /// <summary>Batches are laid out, and counted, for the data that was checked.</summary>
    private static void CheckUnchanged(SampleTable table, CheckedData data)
    {
        if (table.Inputs.Width != data.Input.ElementCount)
            throw new RunFailedException(
                DataErrors.Changed(data.SourceSpan, "number", "a sample", data.Input.ElementCount, table.Inputs.Width));
        if (data.Description.TrainingCount is { } count && count != table.Count)
            throw new RunFailedException(DataErrors.Changed(data.SourceSpan, "sample", "the data", count, table.Count));
    }

    private static LoadedDataset Divide(SourceTables tables, SampleFormat format, ValidationSplit split)
    {
        var training = new DatasetPart(tables.Training, split.Training, format);
        var validation = split.Validation.IsEmpty ? null : new DatasetPart(tables.Training, split.Validation, format);
        return new LoadedDataset(training, validation, WholeOf(tables.Test, format));
    }

    private static DatasetPart? WholeOf(SampleTable? table, SampleFormat format) =>
        table is null ? null : new DatasetPart(table, [.. Permutation.Identity(table.Count)], format);

    private static DatasetRequest RequestOf(CheckedData data) => new(
        data.Source,
        data.SourceSpan,
        data.InputColumns,
        data.SourceSpan,
        data.TargetColumns,
        data.SourceSpan,
        data.Input,
        data.Target);
}
