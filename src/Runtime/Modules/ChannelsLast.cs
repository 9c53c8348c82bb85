using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// Images whose channels lie side by side in memory, PyTorch's <c>channels_last</c>: on a CPU, libtorch's pools and norms take
/// all channels of a place at once, several times as fast as one after the other. Shapes and values stay what they are, and
/// all layers behind keep the order.
/// </summary>
internal static class ChannelsLast
{
    /// <param name="images">[samples, channels, height, width]</param>
    /// <returns>The same values in that order, the caller's to dispose; as they lie where the device is no CPU.</returns>
    public static Tensor Of(Tensor images)
    {
        if (images.device_type != DeviceType.CPU)
            return images.alias();
        var call = new OperationArguments(stackalloc ulong[2]);
        call.Add(images);
        call.Add((long)memory_format.channels_last);
        return OperationDispatcher.CallForTensor("aten::contiguous\0"u8, call);
    }

    /// <summary>A value as it lies in memory, first element to last: what goes to another rank.</summary>
    /// <returns>
    /// [samples, height, width, channels] of images on a CPU, contiguous; anything else as it is. The caller's to dispose.
    /// </returns>
    public static Tensor Laid(Tensor value)
    {
        if (!AreImages(value.dim(), value.device_type))
            return value.contiguous();
        using var ordered = Of(value);
        return ordered.permute(0, 2, 3, 1);
    }

    /// <summary>The shape of what <see cref="Laid"/> gives of a value.</summary>
    public static long[] LaidShape(long[] shape, DeviceType device) =>
        AreImages(shape.Length, device) ? [shape[0], shape[2], shape[3], shape[1]] : shape;

    /// <summary>The way back: the value in its own shape, in the same memory. The caller's to dispose.</summary>
    public static Tensor Seen(Tensor laid) =>
        AreImages(laid.dim(), laid.device_type) ? laid.permute(0, 3, 1, 2) : laid.alias();

    private static bool AreImages(long dimensionCount, DeviceType device) => dimensionCount == 4 && device == DeviceType.CPU;
}
