using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// The three products of a linear layer's update: its output, its input's gradient and its weight's, each a product of as many
/// operations, 2 rows inputs outputs.
/// </summary>
internal sealed class ProductWork : IMeasuredWork
{
    public const int ProductCount = 3;

    private readonly Tensor input; // [rows, inputs]
    private readonly Tensor weight; // [outputs, inputs]
    private readonly Tensor gradient; // [rows, outputs]

    public ProductWork(ProductShape shape, ScalarType type, Device device)
    {
        input = MeasuredNumbers.Of([shape.Rows, shape.Inputs], type, device);
        weight = MeasuredNumbers.Of([shape.Outputs, shape.Inputs], type, device);
        gradient = MeasuredNumbers.Of([shape.Rows, shape.Outputs], type, device);
    }

    public void Do()
    {
        using var across = weight.t();
        using var output = input.mm(across);
        using var ofInput = gradient.mm(weight);
        using var back = gradient.t();
        using var ofWeight = back.mm(input);
    }

    public void Dispose()
    {
        input.Dispose();
        weight.Dispose();
        gradient.Dispose();
    }
}
