using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What a layer's backward pass takes on cores beside gradients, while it is gone through: laws of libtorch 2.10's kernels,
/// each seen in what it allocates. What products keep at all times, and GPUs' kernels, is in <see cref="Workspace"/>.
/// </summary>
internal sealed class KernelRoom(PlanContext context, DeviceKind device)
{
    /// <summary>The bytes of one sample.</summary>
    public long BackwardBytes(CheckedLayer layer) => device == DeviceKind.VirtualCpu
        ? checked((OfConvolution(layer) + OfNorm(layer) + OfSum(layer)) * context.ElementBytes)
        : 0;

    /// <summary>
    /// Of a single channel libtorch knows no order and works one channel after the other, where all else here has channels
    /// side by side: it copies the output's gradient into its order, and oneDNN copies that into blocks.
    /// </summary>
    private static long OfConvolution(CheckedLayer layer) =>
        IsConvolution(layer) && layer.InputShapes[0].Sizes[0] == 1 ? checked(2 * layer.Output.ElementCount) : 0;

    /// <summary>
    /// <c>native_batch_norm_backward</c> makes its input's gradient twice and lets the first one go. Where ranks share the
    /// statistics the pass is the engine's own.
    /// </summary>
    private long OfNorm(CheckedLayer layer) =>
        context.Degrees.Data == 1 && LayerCatalogue.Find(layer.Kind) is ISynchronizedLayer ? layer.InputShapes[0].ElementCount : 0;

    /// <summary>A tensor rank's part of an input's gradient is copied before it is summed over the ranks.</summary>
    private long OfSum(CheckedLayer layer) =>
        context.Tensor.Layers[layer.Index].Kind.SumsInputGradient() ? layer.InputShapes[0].ElementCount : 0;

    private static bool IsConvolution(CheckedLayer layer) =>
        LayerWork.Of(layer).Forward.Any(operation => operation.Kind == WorkKind.Convolution);
}
