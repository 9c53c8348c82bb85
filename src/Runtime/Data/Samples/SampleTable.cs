namespace ParDsl.Runtime.Data;

/// <summary>Samples as the files hold them, in file order: row i of the inputs belongs to target i.</summary>
public sealed record SampleTable(SampleMatrix Inputs, SampleTargets Targets)
{
    public int Count => Inputs.RowCount;
}
