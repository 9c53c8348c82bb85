namespace ParDsl.Runtime.Data;

/// <summary>
/// A table of numbers kept as compactly as they allow without losing a bit: bytes, tokens, single or double precision. A row
/// is read out in the precision of the training, scaled and shifted: <c>x * scale + shift</c>, both steps in that precision.
/// </summary>
public abstract class SampleMatrix
{
    private protected SampleMatrix(int rowCount, int width) => (RowCount, Width) = (rowCount, width);

    public int RowCount { get; }

    /// <summary>The numbers of one row.</summary>
    public int Width { get; }

    /// <summary>Writes one row to <paramref name="destination"/>, which holds <see cref="Width"/> numbers.</summary>
    public abstract void CopyRow(int row, Span<float> destination, float scale, float shift);

    /// <inheritdoc cref="CopyRow(int, Span{float}, float, float)"/>
    public abstract void CopyRow(int row, Span<double> destination, double scale, double shift);
}
