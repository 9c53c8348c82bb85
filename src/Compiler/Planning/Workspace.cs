using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What kernels keep for themselves: products put parts of their operands into panels, and on a GPU convolutions have their
/// output once more in another order. The layer that needs most counts, since one runs at a time. What else kernels take
/// on cores is counted where it is taken (see <see cref="KernelRoom"/>).
/// </summary>
internal static class Workspace
{
    /// <summary>
    /// The most that a product takes: what PyTorch gives cuBLAS by default (CUBLAS_WORKSPACE_CONFIG, :4096:2:16:8), and about
    /// what oneMKL's threads were seen to keep.
    /// </summary>
    private const long PanelBytes = 8 << 20;

    public static long Bytes(PlanContext context, ImmutableArray<SegmentPlan> segments, DeviceKind device) => segments
        .SelectMany(segment => context.LocalModel.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount))
        .Select(layer => OfLayer(context, layer, device))
        .DefaultIfEmpty(0)
        .Max();

    private static long OfLayer(PlanContext context, CheckedLayer layer, DeviceKind device) =>
        LayerWork.Of(layer).Forward.Select(operation => OfOperation(context, layer, operation, device)).DefaultIfEmpty(0).Max();

    private static long OfOperation(
        PlanContext context, CheckedLayer layer, OperationWork operation, DeviceKind device) => operation.Kind switch
        {
            WorkKind.Product => (long)Math.Min(PanelBytes, Operands(context, operation)),
            WorkKind.Convolution when device == DeviceKind.Cuda =>
                checked(layer.Output.ElementCount * context.Batch.RankMicroBatch * context.ElementBytes),
            _ => 0,
        };

    private static double Operands(PlanContext context, OperationWork product) =>
        ((product.Elements * context.Batch.RankMicroBatch) + product.WeightElements) * context.ElementBytes;
}
