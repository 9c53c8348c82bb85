using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What kernels take for themselves while they run: products put parts of their operands into panels, convolutions have their
/// output once more in another order. The layer that needs most counts, since one runs at a time.
/// </summary>
internal static class Workspace
{
    /// <summary>
    /// The most that a product takes: what PyTorch gives cuBLAS by default (CUBLAS_WORKSPACE_CONFIG, :4096:2:16:8), and about
    /// what oneMKL's threads were seen to keep.
    /// </summary>
    private const long PanelBytes = 8 << 20;

    public static long Bytes(PlanContext context, ImmutableArray<SegmentPlan> segments) => segments
        .SelectMany(segment => context.LocalModel.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount))
        .Select(layer => OfLayer(context, layer))
        .DefaultIfEmpty(0)
        .Max();

    private static long OfLayer(PlanContext context, CheckedLayer layer) =>
        LayerWork.Of(layer).Forward.Select(operation => OfOperation(context, layer, operation)).DefaultIfEmpty(0).Max();

    private static long OfOperation(PlanContext context, CheckedLayer layer, OperationWork operation) => operation.Kind switch
    {
        WorkKind.Product => (long)Math.Min(PanelBytes, Operands(context, operation)),
        WorkKind.Convolution => checked(layer.Output.ElementCount * context.Batch.RankMicroBatch * context.ElementBytes),
        _ => 0,
    };

    private static double Operands(PlanContext context, OperationWork product) =>
        ((product.Elements * context.Batch.RankMicroBatch) + product.WeightElements) * context.ElementBytes;
}
