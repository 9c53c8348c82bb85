using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// The three products of a linear layer's update: its output, its input's gradient and its weight's, each a product of as many
/// operations, 2 rows inputs outputs. What comes in was written before other things, and what goes out is new.
/// </summary>
internal sealed class ProductWork : IMeasuredWork
{
    public const int ProductCount = 3;

    private readonly Tensor weight; // [outputs, inputs]
    private readonly Living inputs; // [rows, inputs]
    private readonly Living gradients; // [rows, outputs]
    private readonly Living results;

    public ProductWork(ProductShape shape, ScalarType type, Device device)
    {
        weight = MeasuredNumbers.Of([shape.Outputs, shape.Inputs], type, device);
        var (inputBytes, outputBytes) = (Bytes(shape.Rows, shape.Inputs), Bytes(shape.Rows, shape.Outputs));
        inputs = new Living(inputBytes, least: 1).Filled(MeasuredNumbers.Of([shape.Rows, shape.Inputs], type, device));
        gradients = new Living(outputBytes, least: 1).Filled(MeasuredNumbers.Of([shape.Rows, shape.Outputs], type, device));
        results = new Living(Math.Max(inputBytes, outputBytes), ProductCount);

        long Bytes(long rows, long columns) => rows * columns * weight.element_size();
    }

    public void Do()
    {
        var (input, gradient) = (inputs.Next(), gradients.Next());
        using var across = weight.t();
        results.Add(input.mm(across));
        results.Add(gradient.mm(weight));
        using var back = gradient.t();
        results.Add(back.mm(input));
    }

    public void Dispose()
    {
        weight.Dispose();
        inputs.Dispose();
        gradients.Dispose();
        results.Dispose();
    }
}
