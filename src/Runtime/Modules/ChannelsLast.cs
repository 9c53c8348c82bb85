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

    /// <summary>A value without gaps: images on a CPU in that order, anything else first dimension to last.</summary>
    /// <returns>The same memory where it lies so already; the caller's to dispose.</returns>
    public static Tensor Dense(Tensor value) =>
        AreImages(value) ? Of(value) : value.contiguous();

    /// <summary>A value as it lies in memory, first element to last: what goes to another rank.</summary>
    /// <returns>
    /// [samples, height, width, channels] of images on a CPU; anything else in its shape. Contiguous, the same memory where the
    /// value is dense, and the caller's to dispose.
    /// </returns>
    public static Tensor Laid(Tensor value)
    {
        using var dense = Dense(value);
        return AreImages(value) ? dense.permute(0, 2, 3, 1) : dense.alias();
    }

    /// <summary>The shape of what <see cref="Laid"/> gives of a value.</summary>
    public static long[] LaidShape(long[] shape, DeviceType device) =>
        AreImages(shape.Length, device) ? [shape[0], shape[2], shape[3], shape[1]] : shape;

    /// <summary>The way back: the value in its own shape, in the same memory. The caller's to dispose.</summary>
    public static Tensor Seen(Tensor laid) =>
        AreImages(laid) ? laid.permute(0, 3, 1, 2) : laid.alias();

    /// <summary>Whether it is a value of a CPU that has an order of its own.</summary>
    public static bool AreImages(Tensor value) => AreImages(value.dim(), value.device_type);

    private static bool AreImages(long dimensionCount, DeviceType device) => dimensionCount == 4 && device == DeviceType.CPU;
}
