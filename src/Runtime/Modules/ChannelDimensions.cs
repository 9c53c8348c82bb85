using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>The dimensions of a batch norm's input, [batch, channels] or [batch, channels, height, width].</summary>
internal static class ChannelDimensions
{
    private static readonly long[] OverBatch = [0];
    private static readonly long[] OverBatchAndImage = [0, 2, 3];

    /// <summary>Those that a channel's statistics go over.</summary>
    public static long[] Reduced(Tensor input) => input.dim() == 2 ? OverBatch : OverBatchAndImage;

    /// <summary>One number a channel, as a view that spreads over the input.</summary>
    public static Tensor Spread(Tensor channels, Tensor input) =>
        input.dim() == 2 ? channels.view(1, -1) : channels.view(1, -1, 1, 1);

    /// <summary>How many numbers of this input each channel has.</summary>
    public static long Count(Tensor input) => input.size(1) == 0 ? 0 : input.numel() / input.size(1);
}
