using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.MpiRanks;

/// <summary>Tensors whose sums over a few ranks are exact in every element type.</summary>
internal static class Values
{
    public static readonly ScalarType[] SummedTypes =
    [
        ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Float16,
        ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte,
    ];

    public static readonly ScalarType[] MovedTypes = [.. SummedTypes, ScalarType.Bool];

    /// <summary>None, one, and sizes that neither ranks nor pieces divide.</summary>
    public static readonly int[] Counts = [0, 1, 5, 1023];

    /// <summary>More than ranks of one machine sum at once, in all of <see cref="LargeTypes"/>; no pieces divide it.</summary>
    public const int LargeCount = 1_100_003;

    public static readonly ScalarType[] LargeTypes = [ScalarType.Float32, ScalarType.BFloat16];

    /// <summary>Whole numbers to 30, so that eight ranks' sum fits a byte, and the 8 bits of a bfloat16's fraction.</summary>
    public static Tensor Of(int rank, int count, ScalarType type) =>
        tensor(Enumerable.Range(0, count).Select(index => (long)((rank * 7) + (index % 11)) % 31).ToArray(), dtype: type);

    public static byte[] Bits(Tensor tensor) => TensorMemory.Bytes(tensor).ToArray();

    public static bool AreSame(Tensor one, Tensor other) => TensorMemory.Bytes(one).SequenceEqual(TensorMemory.Bytes(other));
}
