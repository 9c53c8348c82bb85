using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Diagnostics;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>
/// Reads the samples of a file and gathers its mistakes by kind: lines of the wrong length, cells that are no numbers, labels
/// that are no classes. Where it finds a mistake it reads on, so that all kinds are found at once.
/// </summary>
internal sealed class CsvTableReader(DatasetRequest request, CsvFile file, CsvColumns columns)
{
    private const int ShownLetters = 40;

    private readonly CellMistakes ragged = new();
    private readonly CellMistakes notNumbers = new();
    private readonly CellMistakes notClasses = new();
    private readonly NumberColumn inputs = new();
    private readonly NumberColumn targets = new();

    public int Count { get; private set; }

    /// <summary>Reads to the file's end.</summary>
    public void ReadAll()
    {
        while (file.Read())
        {
            Count++;
            if (file.ValueCount == file.Header.Count)
                ReadSample();
            else
                ragged.Add(Invariant($"`{file.Name}:{file.Line}`"), $"has {CsvErrors.Count(file.ValueCount, "value")}");
        }

        if (Count == 0)
            throw new RunFailedException(DataErrors.NoSamples(request.SourceSpan, file.Name));
    }

    public ImmutableArray<Diagnostic> Mistakes()
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        if (ragged.Any)
            found.Add(CsvErrors.Ragged(request.SourceSpan, ragged, file.Header.Count));
        if (notNumbers.Any)
            found.Add(CsvErrors.NotANumber(request.SourceSpan, notNumbers));
        if (notClasses.Any && request.Target is CheckedTarget.Class classes)
            found.Add(CsvErrors.NotAClass(request.SourceSpan, notClasses, classes.Count));
        return found.ToImmutable();
    }

    /// <summary>The samples, where there are no mistakes.</summary>
    public SampleTable Table()
    {
        SampleTargets target = request.Target is CheckedTarget.Class
            ? new SampleTargets.Classes(targets.ToLabels())
            : new SampleTargets.Values(targets.ToMatrix(Count, columns.Targets.Length));
        return new SampleTable(inputs.ToMatrix(Count, columns.Inputs.Length), target);
    }

    private void ReadSample()
    {
        foreach (var column in columns.Inputs)
            inputs.Add(NumberAt(column));
        foreach (var column in columns.Targets)
            targets.Add(request.Target is CheckedTarget.Class classes ? ClassAt(column, classes.Count) : NumberAt(column));
        if (inputs.Count > Array.MaxLength - columns.Inputs.Length)
            throw new RunFailedException(DataErrors.TooLarge(request.SourceSpan, file.Name, inputs.Count));
    }

    private double NumberAt(int column)
    {
        if (CsvNumber.TryParse(file.Value(column), out var value) && double.IsFinite(value))
            return value;
        notNumbers.Add(PlaceOf(column), Found(column));
        return 0;
    }

    private double ClassAt(int column, long classCount)
    {
        if (CsvNumber.TryParse(file.Value(column), out var value) && value >= 0 && value < classCount
            && value == Math.Floor(value))
            return value;
        notClasses.Add(PlaceOf(column), Found(column));
        return 0;
    }

    private string PlaceOf(int column) => Invariant($"column {file.Header.Title(column)} of `{file.Name}:{file.Line}`");

    private string Found(int column)
    {
        var text = Encoding.UTF8.GetString(file.Value(column));
        var shown = text.Length <= ShownLetters ? text : text[..ShownLetters] + "...";
        return text.Length == 0 ? "is empty" : $"holds `{shown}`";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
