using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Data;

/// <summary>Copies rows of a matrix, in any order, side by side into a tensor's memory.</summary>
internal static class RowGather
{
    /// <param name="destination">Memory for as many rows, contiguous, of <paramref name="precision"/>.</param>
    /// <param name="precision">float32 or float64.</param>
    public static unsafe void Copy(
        SampleMatrix matrix, ReadOnlySpan<int> rows, nint destination, Precision precision, double scale, double shift)
    {
        for (var index = 0; index < rows.Length; index++)
        {
            // The offset is counted in native size: a batch may be larger than 2 GB.
            var offset = (nint)index * matrix.Width;
            if (precision == Precision.Float32)
                matrix.CopyRow(
                    rows[index], new Span<float>((float*)destination + offset, matrix.Width), (float)scale, (float)shift);
            else
                matrix.CopyRow(rows[index], new Span<double>((double*)destination + offset, matrix.Width), scale, shift);
        }
    }

    public static unsafe void Copy(TokenBlocks tokens, ReadOnlySpan<int> rows, nint destination)
    {
        for (var index = 0; index < rows.Length; index++)
            tokens.CopyRow(rows[index], new Span<long>((long*)destination + ((nint)index * tokens.Width), tokens.Width));
    }

    public static unsafe void Copy(long[] labels, ReadOnlySpan<int> rows, nint destination)
    {
        var to = new Span<long>((void*)destination, rows.Length);
        for (var index = 0; index < rows.Length; index++)
            to[index] = labels[rows[index]];
    }
}
