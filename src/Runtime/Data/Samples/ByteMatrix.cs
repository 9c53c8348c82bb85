using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ParDsl.Runtime.Data;

/// <summary>
/// Whole numbers from 0 to 255: pixels. Widening them is on the way of every batch, so it goes 16 at a time.
/// </summary>
public sealed class ByteMatrix(byte[] values, int rowCount, int width) : SampleMatrix(rowCount, width)
{
    public override void CopyRow(int row, Span<float> destination, float scale, float shift)
    {
        var source = Row(row);
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
            done = WidenVectors(source, destination[..source.Length], scale, shift);
        for (; done < source.Length; done++)
            destination[done] = (source[done] * scale) + shift;
    }

    public override void CopyRow(int row, Span<double> destination, double scale, double shift)
    {
        var source = Row(row);
        for (var index = 0; index < source.Length; index++)
            destination[index] = (source[index] * scale) + shift;
    }

    private ReadOnlySpan<byte> Row(int row) => values.AsSpan(checked(row * Width), Width);

    /// <summary>How many numbers are done: all but the last few, fewer than a vector.</summary>
    private static int WidenVectors(ReadOnlySpan<byte> source, Span<float> destination, float scale, float shift)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var index = 0;
        for (; index <= source.Length - Vector128<byte>.Count; index += Vector128<byte>.Count)
        {
            var words = Vector256.Create(
                Vector128.WidenLower(Vector128.LoadUnsafe(ref from, (nuint)index)),
                Vector128.WidenUpper(Vector128.LoadUnsafe(ref from, (nuint)index)));
            var (lower, upper) = Vector256.Widen(words);
            Scale(lower, scale, shift).StoreUnsafe(ref to, (nuint)index);
            Scale(upper, scale, shift).StoreUnsafe(ref to, (nuint)(index + Vector256<float>.Count));
        }

        return index;
    }

    // A product and then a sum, never fused: the same bits on every machine.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Scale(Vector256<uint> pixels, float scale, float shift) =>
        (Vector256.ConvertToSingle(pixels.AsInt32()) * scale) + Vector256.Create(shift);
}
