using ParDsl.Compiler;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Runtime.Data.Files;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>A text file of numbers, a sample a line.</summary>
internal sealed class CsvSource : IDatasetSource
{
    /// <summary>
    /// A small file is read whole, so that its mistakes are found before a run; of a large one only the header counts.
    /// </summary>
    public StageResult<DatasetDescription> Describe(DatasetRequest request)
    {
        using var file = CsvFile.Open(request);
        var columns = CsvColumns.Of(request, file);
        // That a class takes one column is the checker's to say; what is in several is no mistake of the file.
        if (!IsSmall(request) || (request.Target is CheckedTarget.Class && columns.Targets.Length > 1))
            return new StageResult<DatasetDescription>(DescriptionOf(columns, null), []);
        var reader = new CsvTableReader(request, file, columns);
        reader.ReadAll();
        var mistakes = reader.Mistakes();
        return new StageResult<DatasetDescription>(mistakes.IsEmpty ? DescriptionOf(columns, reader.Count) : null, mistakes);
    }

    public StageResult<SourceTables> Read(DatasetRequest request)
    {
        using var file = CsvFile.Open(request);
        var reader = new CsvTableReader(request, file, CsvColumns.Of(request, file));
        reader.ReadAll();
        var mistakes = reader.Mistakes();
        return new StageResult<SourceTables>(mistakes.IsEmpty ? new SourceTables(reader.Table(), null) : null, mistakes);
    }

    private static DatasetDescription DescriptionOf(CsvColumns columns, long? count) =>
        new(Shape.Of(columns.Inputs.Length), columns.Targets.Length, count, 0);

    private static bool IsSmall(DatasetRequest request)
    {
        var path = DataPath.Resolve(request.SourceSpan, request.Source.Arguments.Text("path"));
        return new FileInfo(path).Length <= DatasetProbe.LargestFileLookedThrough;
    }
}
