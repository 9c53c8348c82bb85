using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The panels into which oneMKL's threads pack the operands of products, and which they keep: a later product takes one that
/// is large enough, and where none is it gets another. So each that is larger than all before stays, in the order of an
/// update. Sizes are those that the oneMKL in libtorch 2.10 was seen to ask for on an AMD EPYC; other processors' differ.
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

    /// <summary>What the threads of a rank keep that has these layers.</summary>
    public static long Bytes(PlanContext context, ImmutableArray<CheckedLayer> layers, DeviceDescription device)
    {
        var (kept, largest) = (0L, 0L);
        foreach (var bytes in layers.SelectMany(Forward).Concat(layers.Reverse().SelectMany(Backward)))
        {
            if (bytes <= largest)
                continue;
            largest = bytes;
            kept += bytes;
        }

        return checked(kept * device.Threads);

        IEnumerable<long> Forward(CheckedLayer layer) => Products(LayerWork.Of(layer).Forward)
            .Select(product => Piece(product.Outputs, Places(product), product.Inputs));

        IEnumerable<long> Backward(CheckedLayer layer) => Products(LayerWork.Of(layer).Backward)
            .Where(product => product.IsOfWeights || !layer.Inputs.Contains(CheckedLayer.ModelInput))
            .Select(product => product.IsOfWeights
                ? Piece(product.Inputs, product.Outputs, Places(product))
                : Piece(product.Inputs, Places(product), product.Outputs));

        double Places(OperationWork product) =>
            product.Operations / (2 * product.WeightElements) * context.Batch.RankMicroBatch;

        // Threads share out what is packed in turn.
        long Piece(double features, double samples, double terms) => features < LeastFeatures || samples < LeastSamples
            ? 0
            : PieceBytes + (context.ElementBytes * (terms <= FewTerms ? FewTerms : ManyTerms)
                * ((Math.Min(MostFeatures, Rounded(features)) / 2) + (long)Math.Min(MostSamples, Math.Ceiling(samples / device.Threads))));
    }

    private static IEnumerable<OperationWork> Products(ImmutableArray<OperationWork> operations) =>
        operations.Where(operation => operation.Kind == WorkKind.Product && operation.Inputs > 0);

    private static long Rounded(double features) => (long)Math.Ceiling(features / FeatureStep) * FeatureStep;
}
