using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning.Programs;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The panels into which oneMKL's threads pack the operands of products, and which they keep: a later product takes one that
/// is large enough, and where none is it gets another. So each that is larger than all before stays, in the order of an
/// update. Sizes are the machine's own where its calibration has them, else those that the oneMKL in libtorch 2.10 was seen to ask
/// for on an AMD EPYC; other processors' differ. A size is that of all of a rank's threads, as if they always shared a product alike.
/// </summary>
internal static class ProductPanels
{
    /// <summary>Beside the panels themselves, in each piece.</summary>
    private const long PieceBytes = 17_056;

    /// <summary>Products of fewer features than so, or of fewer samples, are not packed.</summary>
    private const int LeastFeatures = 12;
    private const int LeastSamples = 4;

    private const int MostFeatures = 6400;
    private const int FeatureStep = 16;

    /// <summary>More samples are packed in turn.</summary>
    private const int MostSamples = 384;

    /// <summary>The terms of a sum that are packed at once: so many where there are no more than that, else the larger number.</summary>
    private const int FewTerms = 256;
    private const int ManyTerms = 384;

    /// <summary>Two measures of one panel differ by less than so; panels were seen to differ by more.</summary>
    private const long MeasuredBytes = 4 << 10;

    /// <summary>What the threads of a rank keep that has these layers.</summary>
    public static long Bytes(PlanContext context, ImmutableArray<CheckedLayer> layers, DeviceDescription device)
    {
        var (kept, largest) = (0L, 0L);
        foreach (var product in Products(context, layers, device))
        {
            var measured = device.Panels.Of(product);
            var bytes = measured ?? Assumed(product, context.ElementBytes);
            if (bytes <= largest + (measured is null ? 0 : MeasuredBytes))
                continue;
            largest = bytes;
            kept = checked(kept + bytes);
        }

        return kept;
    }

    /// <summary>Of an update, and of that with an epoch's last batch, whose fewer samples may be packed where more are not.</summary>
    private static IEnumerable<WeightProduct> Products(PlanContext context, ImmutableArray<CheckedLayer> layers, DeviceDescription device)
    {
        var (training, samples) = (context.Program.Training, context.Batch.RankMicroBatch);
        var parts = Math.Max(1, training.GlobalBatch / samples);
        // By the law, fewer samples never need more.
        int[] counts = device.Panels.IsEmpty ? [samples] : [samples, RankProducts.LastSamples(context.Program, parts)];
        return counts.Where(count => count > 0).SelectMany(count => RankProducts.Of(layers, training.Precision, count, device.Threads));
    }

    /// <summary>Of all threads, which share out what is packed in turn.</summary>
    private static long Assumed(WeightProduct product, int elementBytes)
    {
        var (features, samples, terms) = product.Kind switch
        {
            ProductKind.Output => (product.Outputs, product.Rows, product.Inputs),
            ProductKind.InputGradient => (product.Inputs, product.Rows, product.Outputs),
            _ => (product.Inputs, product.Outputs, product.Rows),
        };
        if (features < LeastFeatures || samples < LeastSamples)
            return 0;
        var ofThread = (samples + product.Threads - 1) / product.Threads;
        var packed = (Math.Min(MostFeatures, Rounded(features)) / 2) + Math.Min(MostSamples, ofThread);
        return checked(product.Threads * (PieceBytes + (elementBytes * (terms <= FewTerms ? FewTerms : ManyTerms) * packed)));
    }

    private static long Rounded(long features) => (features + FeatureStep - 1) / FeatureStep * FeatureStep;
}
