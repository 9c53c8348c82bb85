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
}
