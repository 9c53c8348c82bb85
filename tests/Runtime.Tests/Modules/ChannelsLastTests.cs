using ParDsl.Runtime.Modules;
using ParDsl.Runtime.Native;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Modules;

public sealed class ChannelsLastTests
{
    public ChannelsLastTests() => NativeLibraries.Load();

    [Fact]
    public void Channels_lie_side_by_side_and_values_stay()
    {
        using var images = rand([2, 3, 4, 5]);
        using var ordered = ChannelsLast.Of(images);
        Assert.Equal([60, 1, 15, 3], ordered.stride());
        using var same = ordered.eq(images).all();
        Assert.True(same.ToBoolean());
    }

    [Fact]
    public void Gradients_flow_back_in_the_images_shape()
    {
        using var images = rand([2, 3, 4, 5], requires_grad: true);
        using var ordered = ChannelsLast.Of(images);
        using var doubled = ordered.mul(2);
        using var sum = doubled.sum();
        sum.backward();
        using var gradient = images.grad!;
        Assert.Equal(Enumerable.Repeat(2f, 120), gradient.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Images_go_as_they_lie_and_come_in_their_shape()
    {
        using var images = rand([2, 3, 4, 5]);
        using var laid = ChannelsLast.Laid(images);
        Assert.True(laid.is_contiguous());
        Assert.Equal(ChannelsLast.LaidShape([2, 3, 4, 5], DeviceType.CPU), laid.shape);
        using var seen = ChannelsLast.Seen(laid);
        Assert.Equal([60, 1, 15, 3], seen.stride());
        using var same = seen.eq(images).all();
        Assert.True(same.ToBoolean());
    }

    [Fact]
    public void What_is_no_image_goes_in_its_shape()
    {
        using var rows = rand([2, 3]).t();
        using var laid = ChannelsLast.Laid(rows);
        Assert.True(laid.is_contiguous());
        Assert.Equal([3, 2], laid.shape);
    }
}
