using ParDsl.Compiler;
using ParDsl.Compiler.Data;

namespace ParDsl.Runtime.Data.Idx;

/// <summary>
/// MNIST's files and those of the data sets that follow it: training images and labels, and a test part where there is
/// one.
/// </summary>
internal sealed class IdxSource : IDatasetSource
{
    public StageResult<DatasetDescription> Describe(DatasetRequest request)
    {
        var folder = IdxFolder.Find(request);
        var (count, image) = folder.Training.Describe();
        var (testCount, testImage) = folder.Test?.Describe() ?? (0, image);
        if (!testImage.Equals(image))
            throw new RunFailedException(IdxErrors.ShapesDiffer(request.SourceSpan, image, testImage));
        return new StageResult<DatasetDescription>(new DatasetDescription(image, 1, count, testCount), []);
    }

    public StageResult<SourceTables> Read(DatasetRequest request)
    {
        // The headers again: the files may have changed since they were described.
        var described = Describe(request);
        if (described.Value is null)
            return new StageResult<SourceTables>(null, described.Diagnostics);
        var folder = IdxFolder.Find(request);
        var tables = new SourceTables(folder.Training.Read(request.Target), folder.Test?.Read(request.Target));
        return new StageResult<SourceTables>(tables, []);
    }
}
