namespace ParDsl.Runtime.Data;

/// <summary>
/// One run of tokens, cut into blocks of <c>width</c> side by side: row i starts at token <c>i * width + offset</c>. With an
/// offset of 1 the rows are what comes next at each place of the rows without one.
/// </summary>
public sealed class TokenBlocks(int[] tokens, int rowCount, int width, int offset) : SampleMatrix(rowCount, width)
{
    public void CopyRow(int row, Span<long> destination)
    {
        var source = Row(row);
        for (var index = 0; index < source.Length; index++)
            destination[index] = source[index];
    }

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

    private ReadOnlySpan<int> Row(int row) => tokens.AsSpan(checked((row * Width) + offset), Width);
}
