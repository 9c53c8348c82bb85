using ParDsl.Compiler;
using ParDsl.Compiler.Data;

namespace ParDsl.Runtime.Data;

/// <summary>
/// One kind of data source: csv, idx, synthetic, synthetic_text, text. What it finds wrong with a file's state it throws as
/// <see cref="RunFailedException"/>.
/// </summary>
internal interface IDatasetSource
{
    /// <summary>What the headers say, or the mistakes; small files are looked through.</summary>
    StageResult<DatasetDescription> Describe(DatasetRequest request);

    /// <summary>Every sample, or the mistakes. The request has its input and target stated.</summary>
    StageResult<SourceTables> Read(DatasetRequest request);
}
