namespace ParDsl.Runtime.Data;

/// <summary>Numbers that need double precision.</summary>
public sealed class DoubleMatrix(double[] values, int rowCount, int width) : SampleMatrix(rowCount, width)
{
    public override void CopyRow(int row, Span<float> destination, float scale, float shift)
    {
        var source = Row(row);
        for (var index = 0; index < source.Length; index++)
            destination[index] = ((float)source[index] * scale) + shift;
    }

    public override void CopyRow(int row, Span<double> destination, double scale, double shift)
    {
        var source = Row(row);
        for (var index = 0; index < source.Length; index++)
            destination[index] = (source[index] * scale) + shift;
    }

    private ReadOnlySpan<double> Row(int row) => values.AsSpan(checked(row * Width), Width);
}
