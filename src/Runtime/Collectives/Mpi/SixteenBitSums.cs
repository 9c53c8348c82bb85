using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// What MPI calls to add floats of 16 bits (MPI_User_function): each pair is added in float32 and rounded once, to the nearest
/// with ties to even, as libtorch does it.
/// </summary>
/// <remarks>No exception may leave them: they are called from native code.</remarks>
internal static unsafe class SixteenBitSums
{
    [UnmanagedCallersOnly]
    public static void AddBFloat16(ushort* input, ushort* sum, int* count, nint type) => Add<BFloat16Bits>(input, sum, *count);

    [UnmanagedCallersOnly]
    public static void AddFloat16(ushort* input, ushort* sum, int* count, nint type) => Add<Float16Bits>(input, sum, *count);

    /// <summary>A <see cref="ValueAdder"/>.</summary>
    public static void Add<TBits>(nint values, nint sum, int count)
        where TBits : ISixteenBits => Add<TBits>((ushort*)values, (ushort*)sum, count);

    /// <summary>Adds the input to the sum, element by element.</summary>
    internal static void Add<TBits>(ushort* input, ushort* sum, int count)
        where TBits : ISixteenBits
    {
        var index = 0;
        for (; index <= count - Vector<ushort>.Count; index += Vector<ushort>.Count)
        {
            var total = Add<TBits>(Unsafe.ReadUnaligned<Vector<ushort>>(input + index), Unsafe.ReadUnaligned<Vector<ushort>>(sum + index));
            Unsafe.WriteUnaligned(sum + index, total);
        }

        // The rest, of fewer than a vector: the same arithmetic on a vector that is not full.
        for (; index < count; index++)
            sum[index] = Add<TBits>(new Vector<ushort>(input[index]), new Vector<ushort>(sum[index]))[0];
    }

    private static Vector<ushort> Add<TBits>(Vector<ushort> left, Vector<ushort> right)
        where TBits : ISixteenBits
    {
        Vector.Widen(left, out var leftLow, out var leftHigh);
        Vector.Widen(right, out var rightLow, out var rightHigh);
        return Vector.Narrow(
            TBits.Round(TBits.Widen(leftLow) + TBits.Widen(rightLow)),
            TBits.Round(TBits.Widen(leftHigh) + TBits.Widen(rightHigh)));
    }
}
