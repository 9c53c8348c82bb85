using ParDsl.Compiler;
using ParDsl.Compiler.Data;

namespace ParDsl.Runtime.Data;

/// <summary>
/// Looks at the data that a spec names and says what is there, before a sample is used. It never touches TorchSharp, so that
/// `check` and `plan` answer at once.
/// </summary>
public static class DatasetProbe
{
    /// <summary>
    /// A CSV file of at most so many bytes on disk is read whole: its samples are counted and its cells checked.
    /// </summary>
    public const long LargestFileLookedThrough = 16 * 1024 * 1024;

    /// <summary>What the reader finds, or why the data cannot be used.</summary>
    public static StageResult<DatasetDescription> Describe(DatasetRequest request)
    {
        try
        {
            return DatasetSources.Of(request.Source.Kind).Describe(request);
        }
        catch (RunFailedException failure)
        {
            return new StageResult<DatasetDescription>(null, [failure.Diagnostic]);
        }
    }
}
