using ParDsl.Runtime.Collectives.Mpi;
using ParDsl.Runtime.Native;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Collectives.Mpi;

/// <summary>Every value of 16 bits is added to others, and the sums have libtorch's bits.</summary>
public sealed unsafe class SixteenBitSumTests
{
    private const int ValueCount = 65_536;

    // Zeros, ones, the smallest and largest numbers of both types, and bits that come from nowhere.
    private static readonly int[] Others = [0x0000, 0x8000, 0x0001, 0x8001, 0x03ff, 0x0400, 0x3c00, 0x3f80, 0xbc01, 0x7bff, 0xfbff, 0x7c00, 0x7f7f, 0xff80, 0x55aa, 0xa955];

    public SixteenBitSumTests() => NativeLibraries.Load();

    [Fact]
    public void Sums_of_bfloat16_are_libtorchs() => Compare<BFloat16Bits>(ScalarType.BFloat16);

    [Fact]
    public void Sums_of_float16_are_libtorchs() => Compare<Float16Bits>(ScalarType.Float16);

    [Fact]
    public void Counts_that_fill_no_vector_are_summed_to_the_end()
    {
        for (var count = 0; count < 70; count++)
        {
            var (ones, sums) = (Enumerable.Repeat((ushort)0x3f80, count + 1).ToArray(), Enumerable.Repeat((ushort)0x3f80, count + 1).ToArray());
            Sum<BFloat16Bits>(ones, sums, count);
            Assert.Equal([.. Enumerable.Repeat((ushort)0x4000, count), (ushort)0x3f80], sums);
        }
    }

    private static void Compare<TBits>(ScalarType type)
        where TBits : ISixteenBits
    {
        foreach (var other in Others)
        {
            var all = Enumerable.Range(0, ValueCount).Select(bits => (ushort)bits).ToArray();
            var sums = Enumerable.Repeat((ushort)other, ValueCount).ToArray();
            var expected = LibtorchSum(all, sums, type);
            Sum<TBits>(all, sums, ValueCount);
            for (var index = 0; index < ValueCount; index++)
                Assert.True(AreSame(sums[index], expected[index], type), $"{index:x4} + {other:x4} = {sums[index]:x4}, not {expected[index]:x4}");
        }
    }

    private static void Sum<TBits>(ushort[] input, ushort[] sum, int count)
        where TBits : ISixteenBits
    {
        fixed (ushort* from = input, to = sum)
            SixteenBitSums.Add<TBits>(from, to, count);
    }

    private static ushort[] LibtorchSum(ushort[] left, ushort[] right, ScalarType type)
    {
        using var one = zeros(left.Length, dtype: type);
        using var other = zeros(left.Length, dtype: type);
        left.CopyTo(TensorMemory.Elements<ushort>(one));
        right.CopyTo(TensorMemory.Elements<ushort>(other));
        using var sum = one + other;
        return TensorMemory.Elements<ushort>(sum).ToArray();
    }

    /// <summary>What is no number has many bits; that it is none is all that counts.</summary>
    private static bool AreSame(ushort one, ushort other, ScalarType type) =>
        one == other || (IsNotANumber(one, type) && IsNotANumber(other, type));

    private static bool IsNotANumber(ushort bits, ScalarType type) =>
        (bits & 0x7fff) > (type == ScalarType.BFloat16 ? 0x7f80 : 0x7c00);
}
