using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// The update of a network of many tiny layers, in which the work itself is next to nothing: what is left is what each of
/// libtorch's operations costs beside it, the call, its tensor, autograd's node.
/// </summary>
internal sealed class OperationWork : IMeasuredWork
{
    private const int LayerCount = 24;
    private const int Width = 8;

    /// <summary>
    /// As the compiler's layers count them: a linear layer is one call forward and five backward, the products for input and
    /// weight, the sum for the bias, and what adds the last two to what is there; an activation is one each way.
    /// </summary>
    public const int OperationCount = LayerCount * (1 + 5 + 1 + 1);

    private readonly Tensor input;
    private readonly Tensor gradient;
    private readonly (Tensor Weight, Tensor Bias)[] layers;

    public OperationWork(Device device)
    {
        input = MeasuredNumbers.Leaf(rand(Width, Width, ScalarType.Float32, device));
        gradient = ones(Width, Width, ScalarType.Float32, device);
        layers =
        [
            .. Enumerable.Range(0, LayerCount).Select(_ =>
                (
                    MeasuredNumbers.Leaf(rand(Width, Width, ScalarType.Float32, device)),
                    MeasuredNumbers.Leaf(zeros(Width, ScalarType.Float32, device)))),
        ];
    }

    public void Do()
    {
        var value = input.alias();
        foreach (var (weight, bias) in layers)
        {
            using var read = value;
            using var sum = nn.functional.linear(read, weight, bias);
            value = sum.relu();
        }

        using (value)
            autograd.backward([value], [gradient]);
    }

    public void Dispose()
    {
        input.Dispose();
        gradient.Dispose();
        foreach (var (weight, bias) in layers)
        {
            weight.Dispose();
            bias.Dispose();
        }
    }
}
