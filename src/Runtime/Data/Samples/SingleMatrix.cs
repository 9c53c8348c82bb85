namespace ParDsl.Runtime.Data;

/// <summary>Numbers that need single precision.</summary>
public sealed class SingleMatrix(float[] values, int rowCount, int width) : SampleMatrix(rowCount, width)
{
    public override void CopyRow(int row, Span<float> destination, float scale, float shift)
    {
        var source = Row(row);
        for (var index = 0; index < source.Length; index++)
            destination[index] = (source[index] * scale) + shift;
    }

    public override void CopyRow(int row, Span<double> destination, double scale, double shift)
    {
        var source = Row(row);
        for (var index = 0; index < source.Length; index++)
            destination[index] = (source[index] * scale) + shift;
    }

    private ReadOnlySpan<float> Row(int row) => values.AsSpan(checked(row * Width), Width);
}
