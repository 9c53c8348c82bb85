using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Verifying;

/// <summary>
/// What a gradient's rounding is measured by: the greatest magnitude in its layer, or the root mean square of the whole
/// gradient where that is larger. A bias in front of a batch norm has a gradient of zero; what is there instead is the
/// rounding of sums as large as those of the layer's weight.
/// </summary>
internal sealed class GradientFloors
{
    private readonly Dictionary<string, double> floors = new(StringComparer.Ordinal);

    /// <param name="gradients">All parameters', by name.</param>
    public GradientFloors(CheckedModel model, ImmutableSortedDictionary<string, Tensor> gradients)
    {
        var magnitudes = new Dictionary<string, double>(StringComparer.Ordinal);
        var (squares, count) = (0.0, 0L);
        foreach (var (name, gradient) in gradients)
        {
            using var scope = NewDisposeScope();
            var wide = gradient.to(ScalarType.Float64);
            magnitudes[name] = TensorNumber.Real(wide.abs().max());
            squares += TensorNumber.Real(wide.mul(wide).sum());
            count += gradient.numel();
        }

        var mean = Math.Sqrt(squares / Math.Max(count, 1));
        foreach (var layer in model.Layers.Where(layer => !layer.Parameters.IsEmpty))
        {
            var floor = layer.Parameters.Select(parameter => magnitudes[parameter.Name]).Append(mean).Max();
            foreach (var parameter in layer.Parameters)
                floors[parameter.Name] = floor;
        }
    }

    public double Of(string parameter) => floors[parameter];
}
