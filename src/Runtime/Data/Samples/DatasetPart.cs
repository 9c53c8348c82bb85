using System.Collections.Immutable;

namespace ParDsl.Runtime.Data;

/// <summary>
/// The samples that one purpose uses: training, validation or test. Sample i of the part is row <c>Rows[i]</c> of the
/// table.
/// </summary>
public sealed record DatasetPart(SampleTable Table, ImmutableArray<int> Rows, SampleFormat Format)
{
    public int Count => Rows.Length;
}
