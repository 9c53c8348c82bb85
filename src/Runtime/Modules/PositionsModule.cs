using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>Adds to each place of a sequence its own numbers: a learned tensor, or sines and cosines.</summary>
internal sealed class PositionsModule(LayerSite site) : ILayerModule
{
    private readonly Tensor? weight = site.TensorOrNone("weight"); // [length, features], or a tensor rank's places of it
    private readonly Shape shape = site.Layer.Output;
    private readonly double[] waves = site.Arguments.Text("kind") == PositionsRule.Learned
        ? []
        : Waves(site.Tensors?.FirstPlace(site.Layer.Output.Sizes[0]) ?? 0, site.Layer.Output.Sizes[0], site.Layer.Output.Sizes[1]);

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        if (weight is not null)
            return inputs[0].Plus(weight);
        using var flat = tensor(waves, inputs[0].dtype, inputs[0].device);
        using var table = flat.view([.. shape.Sizes]);
        return inputs[0].Plus(table);
    }

    /// <summary>
    /// Place p, features 2i and 2i + 1: the sine and the cosine of p / 10000^(2i / features) (Vaswani et al. 2017).
    /// </summary>
    private static double[] Waves(long first, long length, long features)
    {
        var waves = new double[checked(length * features)];
        for (var index = 0L; index < waves.Length; index++)
        {
            var (place, feature) = (first + (index / features), index % features);
            var angle = place / Math.Pow(10000, (feature - (feature % 2)) / (double)features);
            waves[index] = feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
        }

        return waves;
    }
}
