using ParDsl.Runtime.Collectives.Mpi;
using ParDsl.Runtime.Native;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Collectives.Mpi;

/// <summary>Sums of whole numbers and of floats of 32 and 64 bits have libtorch's bits, whether they fill a vector or not.</summary>
public sealed class ValueSumTests
{
    private const int MostElements = 150;

    public ValueSumTests() => NativeLibraries.Load();

    [Fact]
    public void Sums_are_libtorchs()
    {
        Compare(ScalarType.Byte, ValueSums.Add<byte>);
        Compare(ScalarType.Int8, ValueSums.Add<sbyte>);
        Compare(ScalarType.Int16, ValueSums.Add<short>);
        Compare(ScalarType.Int32, ValueSums.Add<int>);
        Compare(ScalarType.Int64, ValueSums.Add<long>);
        Compare(ScalarType.Float32, ValueSums.Add<float>);
        Compare(ScalarType.Float64, ValueSums.Add<double>);
    }

    private static void Compare(ScalarType type, ValueAdder add)
    {
        for (var count = 0; count <= MostElements; count++)
        {
            using var values = Random(type, seed: 1);
            using var sum = Random(type, seed: 2);
            using var added = values + sum;
            // What lies beyond the count stays.
            using var expected = cat([added.narrow(0, 0, count), sum.narrow(0, count, MostElements + 1 - count)]);
            add(TensorMemory.Address(values), TensorMemory.Address(sum), count);
            Assert.True(TensorMemory.Bytes(sum).SequenceEqual(TensorMemory.Bytes(expected)), $"{count} elements of {type}");
        }
    }

    private static Tensor Random(ScalarType type, ulong seed)
    {
        using var generator = new Generator(seed);
        using var wide = randn([MostElements + 1], dtype: ScalarType.Float64, generator: generator);
        using var large = wide * 30; // the sums of the smallest types stay within them
        return large.to(type == ScalarType.Byte ? ScalarType.Int8 : type).to(type);
    }
}
