namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>nccl.h's ncclDataType_t, as far as libtorch has the same types.</summary>
internal enum NcclElementType
{
    Int8 = 0,
    UInt8 = 1,
    Int32 = 2,
    Int64 = 4,
    Float16 = 6,
    Float32 = 7,
    Float64 = 8,
    BFloat16 = 9,
}
