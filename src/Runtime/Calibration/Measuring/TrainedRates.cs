using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
using TorchSharp;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// What products, convolutions and attention reach in training, where others had been measured by themselves: their curves are
/// multiplied with the share of them that makes reference networks' predictions true. In other precisions it is the same share.
/// </summary>
internal static class TrainedRates
{
    private const double LeastWaits = 10;
    private const double MostWaits = 1e8;

    /// <summary>What ranks wait for each other is many times as long for a second or more at a time: it is looked at for as long.</summary>
    private const int TimesOfWaits = 20;

    private const double Least = 0.05;
    private const double Most = 5;

    /// <summary>Rows and width of linear layers.</summary>
    private static readonly ImmutableArray<(int Rows, int Width)> Linears = [(32, 256), (256, 256), (1024, 256), (1024, 512)];

    /// <summary>Samples, channels and side of images.</summary>
    private static readonly ImmutableArray<(int Samples, int Channels, int Side)> Images = [(8, 16, 28), (32, 16, 28), (16, 64, 14)];

    /// <param name="alone">All figures; those of memory are of training.</param>
    public static SharedPerformance Of(ReferenceBench bench, SharedPerformance alone)
    {
        var device = alone.Device;
        var products = Shares(
            bench.Fitting(Linears, linear => (long)linear.Rows * linear.Width),
            linear => 2.0 * linear.Rows * linear.Width * linear.Width,
            linear => bench.Specs.Products(linear.Rows, linear.Width),
            share => device with { Products = device.Products.Times(share) });
        device = device with { Products = device.Products.Times(products) };
        var convolutions = Shares(
            bench.Fitting(Images, image => (long)image.Samples * image.Channels * image.Side * image.Side),
            image => 2.0 * 9 * image.Samples * image.Channels * image.Channels * image.Side * image.Side,
            image => bench.Specs.Convolutions(image.Samples, image.Channels, image.Side),
            share => device with { Convolutions = device.Convolutions.Times(share) });
        device = device with { Convolutions = device.Convolutions.Times(convolutions) };
        var attention = Find(bench.Specs.Attention(samples: 8, length: 128, features: 128, heads: 4), share => device with { AttentionShare = share });
        device = device with { AttentionShare = attention };
        return alone with { Device = device, Link = Waiting(bench, alone with { Device = device }) };

        RateCurve Shares<TShape>(
            IEnumerable<TShape> shapes, Func<TShape, double> operations, Func<TShape, string> spec, Func<double, DevicePerformance> with) =>
            new([.. shapes.Select(shape => new RatePoint(operations(shape), Find(spec(shape), with)))]);

        double Find(string spec, Func<double, DevicePerformance> with) =>
            bench.Find(spec, share => alone with { Device = with(share) }, Least, Most);
    }

    /// <summary>
    /// The link with what background collectives and messages cost; one rank has none, and those of GPUs do not share its core.
    /// </summary>
    private static LinkPerformance Waiting(ReferenceBench bench, SharedPerformance figures)
    {
        if (bench.Share.Devices is not [{ type: DeviceType.CPU }, _, ..])
            return figures.Link;
        return figures.Link with
        {
            HandOverSeconds = Seconds(
                bench.Specs.Shards(samples: 16, width: 128), seconds => figures.Link with { HandOverSeconds = seconds }),
            MessageSeconds = Seconds(
                bench.Specs.Messages(microBatches: 8), seconds => figures.Link with { MessageSeconds = seconds }),
        };

        double Seconds(string spec, Func<double, LinkPerformance> with) => 1 / bench.Find(
            spec, perSecond => figures with { Link = with(1 / perSecond) }, LeastWaits, MostWaits, part: 0, times: TimesOfWaits);
    }
}
