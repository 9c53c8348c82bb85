using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>The two names of an element type.</summary>
internal static class NcclElementTypes
{
    private static readonly (ScalarType Torch, NcclElementType Nccl)[] Pairs =
    [
        (ScalarType.Int8, NcclElementType.Int8),
        (ScalarType.Byte, NcclElementType.UInt8),
        (ScalarType.Int32, NcclElementType.Int32),
        (ScalarType.Int64, NcclElementType.Int64),
        (ScalarType.Float16, NcclElementType.Float16),
        (ScalarType.Float32, NcclElementType.Float32),
        (ScalarType.Float64, NcclElementType.Float64),
        (ScalarType.BFloat16, NcclElementType.BFloat16),
    ];

    public static NcclElementType Of(ScalarType type)
    {
        foreach (var (torch, nccl) in Pairs)
        {
            if (torch == type)
                return nccl;
        }

        throw new InvalidOperationException($"NCCL moves no elements of type {type}");
    }

    public static ScalarType Of(NcclElementType type)
    {
        foreach (var (torch, nccl) in Pairs)
        {
            if (nccl == type)
                return torch;
        }

        throw new InvalidOperationException($"a message names the element type {(int)type}, which is none");
    }
}
