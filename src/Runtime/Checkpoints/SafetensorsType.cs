using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>An element type that both safetensors and TorchSharp have, under the format's name for it.</summary>
public sealed record SafetensorsType(string Name, int Bytes, ScalarType Scalar)
{
    public static readonly ImmutableArray<SafetensorsType> All =
    [
        new("F64", 8, ScalarType.Float64),
        new("F32", 4, ScalarType.Float32),
        new("F16", 2, ScalarType.Float16),
        new("BF16", 2, ScalarType.BFloat16),
        new("I64", 8, ScalarType.Int64),
        new("I32", 4, ScalarType.Int32),
        new("I16", 2, ScalarType.Int16),
        new("I8", 1, ScalarType.Int8),
        new("U8", 1, ScalarType.Byte),
        new("BOOL", 1, ScalarType.Bool),
    ];

    public bool IsFloatingPoint =>
        Scalar is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;

    /// <summary>The type of that name, or null.</summary>
    public static SafetensorsType? Find(string name) => All.FirstOrDefault(type => type.Name == name);

    public static SafetensorsType Of(ScalarType scalar) =>
        All.FirstOrDefault(type => type.Scalar == scalar)
        ?? throw new ArgumentOutOfRangeException(nameof(scalar), scalar, "safetensors has no such element type");
}
