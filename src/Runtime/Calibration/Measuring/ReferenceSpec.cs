using System.Globalization;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// The specs of networks in which one kind of work takes most of the time, a replica on each of so many ranks or a stage.
/// </summary>
/// <param name="replicas">The ranks.</param>
internal sealed class ReferenceSpec(int replicas)
{
    /// <summary>
    /// The calls of a layer of <see cref="Calls"/>, as the compiler's layers count them: forward one for the linear layer and one
    /// for its activation; backward five, the products for input and weight, the sum for the bias, and what adds the last two to
    /// what is there, and one.
    /// </summary>
    public const int CallsOfLayer = 1 + 1 + 5 + 1;

    /// <summary>Of the network of passes.</summary>
    private const int Features = 256;

    /// <summary>
    /// Tiny linear layers with activations: their work is next to nothing, so their time is what the engine, libtorch's calls and
    /// autograd's nodes take beside work.
    /// </summary>
    public string Calls(int layers)
    {
        const int width = 8;
        return Of(Shape(width), Shape(width), width, Format($"repeat {layers} {{ linear {width}; relu }}"));
    }

    /// <summary>Norms, activations and sums of tensors of one size.</summary>
    /// <param name="elements">Of each tensor, on each rank.</param>
    public string Passes(int elements)
    {
        const int samples = 16;
        var rows = elements / (samples * Features);
        return Of(Shape(rows, Features), Shape(rows, Features), samples, "repeat 6 { residual { layer_norm; relu } }");
    }

    /// <summary>Linear layers as wide as their input.</summary>
    public string Products(int rows, int width) => Of(Shape(width), Shape(width), rows, Format($"repeat 4 {{ linear {width} }}"));

    /// <summary>Convolutions of 3 x 3 that leave an image as it is.</summary>
    public string Convolutions(int samples, int channels, int side) => Of(
        Shape(channels, side, side),
        Shape(channels, side, side),
        samples,
        Format($"repeat 4 {{ conv2d {channels} kernel=3 padding=1 }}"));

    /// <summary>One sample through a wide layer: most of an update is the optimizer's, that of Adam.</summary>
    public string Update(int width) => Of(
        Shape(width), Shape(width), samples: 1, Format($"linear {width} bias=false"), optimizer: "adam");

    public string Attention(int samples, int length, int features, int heads) => Of(
        Shape(length, features), Shape(length, features), samples, Format($"repeat 4 {{ attention heads={heads} causal=true }}"));

    /// <summary>Small layers whose parameters are divided: gathered and reduced in the background, bucket by bucket.</summary>
    public string Shards(int samples, int width) => Of(
        Shape(width), Shape(width), samples, Format($"repeat 4 {{ linear {width}; relu }}"), "; shard parameters");

    /// <summary>Tiny layers in a pipeline of all ranks: each waits for messages most of the time.</summary>
    public string Messages(int microBatches)
    {
        const int width = 8;
        return Text(
            Shape(width),
            Shape(width),
            width * microBatches,
            Format($"repeat {2 * replicas} {{ linear {width}; relu }}"),
            Format($"pipeline {replicas} microbatches={microBatches}"));
    }

    private string Of(string input, string target, int samples, string model, string division = "", string optimizer = "sgd") =>
        Text(input, target, samples * replicas, model, Format($"data {replicas}{division}"), optimizer);

    private static string Text(string input, string target, int batch, string model, string layout, string optimizer = "sgd") => Format(
        $$"""
        data { source synthetic {{2 * batch}} seed=1; input {{input}}; target {{target}} }
        model { {{model}} }
        train { loss mse; optimizer {{optimizer}} lr=1e-6; batch {{batch}}; epochs 1 }
        parallel { {{layout}} }
        """);

    private static string Shape(params int[] sizes) => Format($"[{string.Join(", ", sizes)}]");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
