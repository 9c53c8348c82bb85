using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What kernels keep for themselves. On a GPU products put parts of their operands into panels, and convolutions have their
/// output once more in another order: the layer that needs most counts, since one runs at a time. On cores threads keep panels
/// (see <see cref="ProductPanels"/>), and a rank what is its own; what else kernels take there is counted where it is taken
/// (see <see cref="KernelRoom"/>).
/// </summary>
internal static class Workspace
{
    /// <summary>
    /// The most that a product takes: what PyTorch gives cuBLAS by default (CUBLAS_WORKSPACE_CONFIG, :4096:2:16:8).
    /// </summary>
    private const long PanelBytes = 8 << 20;

    public static long Bytes(PlanContext context, ImmutableArray<SegmentPlan> segments, DeviceDescription device)
    {
        ImmutableArray<CheckedLayer> layers =
            [.. segments.SelectMany(segment => context.LocalModel.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount))];
        return Bytes(context, layers, device);
    }

    /// <summary>Of a rank that has these layers.</summary>
    public static long Bytes(PlanContext context, ImmutableArray<CheckedLayer> layers, DeviceDescription device) =>
        device.Kind == DeviceKind.VirtualCpu
            ? checked(ProductPanels.Bytes(context, layers, device) + device.OwnBytes)
            : layers.Select(layer => OfLayer(context, layer)).DefaultIfEmpty(0).Max();

    private static long OfLayer(PlanContext context, CheckedLayer layer) =>
        LayerWork.Of(layer).Forward.Select(operation => OfOperation(context, layer, operation)).DefaultIfEmpty(0).Max();

    private static long OfOperation(
        PlanContext context, CheckedLayer layer, OperationWork operation) => operation.Kind switch
        {
            WorkKind.Product => (long)Math.Min(PanelBytes, Operands(context, operation)),
            WorkKind.Convolution =>
                checked(layer.Output.ElementCount * context.Batch.RankMicroBatch * context.ElementBytes),
            _ => 0,
        };

    private static double Operands(PlanContext context, OperationWork product) =>
        ((product.Elements * context.Batch.RankMicroBatch) + product.WeightElements) * context.ElementBytes;
}
