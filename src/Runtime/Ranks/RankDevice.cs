using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>The plan's devices and precisions in libtorch's words.</summary>
internal static class RankDevice
{
    public static Device Of(DeviceDescription device) => device.Kind switch
    {
        DeviceKind.VirtualCpu => CPU,
        DeviceKind.Cuda => new Device(DeviceType.CUDA, device.Index),
        _ => throw new ArgumentOutOfRangeException(nameof(device), device.Kind, "no such kind of device"),
    };

    public static ScalarType ElementType(Precision precision) => precision switch
    {
        Precision.Float32 => ScalarType.Float32,
        Precision.Float64 => ScalarType.Float64,
        Precision.BFloat16 => ScalarType.BFloat16,
        Precision.Float16 => ScalarType.Float16,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "no such precision"),
    };
}
