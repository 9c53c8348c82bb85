using System.Diagnostics;
using ParDsl.Runtime.Data.Csv;
using ParDsl.Runtime.Data.Idx;
using ParDsl.Runtime.Data.Synthetic;
using ParDsl.Runtime.Data.Text;

namespace ParDsl.Runtime.Data;

/// <summary>The reader of each kind of source that the compiler's catalogue knows.</summary>
internal static class DatasetSources
{
    public static IDatasetSource Of(string kind) => kind switch
    {
        "csv" => new CsvSource(),
        "idx" => new IdxSource(),
        "synthetic" => new SyntheticSource(),
        "synthetic_text" => new SyntheticTextSource(),
        "text" => new TextSource(),
        _ => throw new UnreachableException($"the catalogue has a source `{kind}` without a reader"),
    };
}
