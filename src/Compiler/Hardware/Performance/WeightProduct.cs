using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>A product with a weight [outputs, inputs], as the threads of one rank do it together.</summary>
/// <param name="Rows">The rows of the layer's input: samples, or samples times places.</param>
public readonly record struct WeightProduct(
    Precision Precision, ProductKind Kind, long Rows, long Inputs, long Outputs, int Threads)
{
    /// <summary>A multiply-add counts 2.</summary>
    public double Operations => 2.0 * Rows * Inputs * Outputs;

    /// <summary>Of its operands and its result, whatever 64 bits can count.</summary>
    public double Bytes =>
        (((double)Rows * Inputs) + ((double)Inputs * Outputs) + ((double)Rows * Outputs)) * Precision.ElementBytes();
}
