using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Modules.Tensors;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// Sets a share of the numbers to 0 and scales the others by 1 / (1 - rate), as PyTorch's Dropout does, with bits that do not
/// depend on the layout (<see cref="DropoutMask"/>).
/// </summary>
internal sealed class DropoutModule(LayerSite site) : ILayerModule
{
    private readonly double rate = site.Arguments.Real("rate");
    private readonly TensorSite? tensors = site.Tensors is { Split.CutDimension: not null } cut ? cut : null;
    private readonly Shape own = site.Layer.Output;
    private readonly DropoutMask mask = new(site.Seed, site.Layer.Index, site.Arguments.Real("rate"));

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        var input = inputs[0];
        if (!context.IsTraining || rate == 0)
            return input.alias();
        using var factors = Factors(input, context);
        return input.mul(factors);
    }

    private Tensor Factors(Tensor input, ForwardContext context)
    {
        if (tensors is null)
            return Factors(input, own, context, firstElement: 0);
        // A tensor rank's part of the first dimension is a run of each sample's elements: it draws their bits alone.
        if (tensors.Split.CutDimension == 0)
            return Factors(input, own, context, firstElement: tensors.Group.Rank * own.ElementCount);
        // Of others it draws the bits of whole samples and takes those of its part.
        using var whole = Factors(input, tensors.Whole, context, firstElement: 0);
        var dimension = tensors.Split.CutDimension!.Value + 1;
        using var part = whole.narrow(dimension, tensors.Group.Rank * input.size(dimension), input.size(dimension));
        return part.contiguous();
    }

    /// <param name="sample">The shape of what is drawn for each sample.</param>
    /// <param name="firstElement">Where it starts among the elements of the whole sample.</param>
    private Tensor Factors(Tensor input, Shape sample, ForwardContext context, long firstElement)
    {
        var kept = 1 / (1 - rate);
        var isSingle = input.dtype == ScalarType.Float32;
        var factors = empty([input.size(0), .. sample.Sizes], ScalarType.Float32, CPU);
        // Double precision scales afterwards: the mask is drawn in single precision, where 1 is exact and the scale is not.
        mask.Fill(
            TensorMemory.Elements<float>(factors),
            checked((int)sample.ElementCount),
            context.Step,
            context.FirstSample,
            isSingle ? (float)kept : 1f,
            checked((int)firstElement));
        if (isSingle && input.device_type == DeviceType.CPU)
            return factors;
        using var drawn = factors;
        var moved = drawn.to(input.dtype, input.device, copy: true);
        if (!isSingle)
        {
            using var scale = kept.ToScalar();
            moved.mul_(scale);
        }

        return moved;
    }
}
