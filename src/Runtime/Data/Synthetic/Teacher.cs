
namespace ParDsl.Runtime.Data.Synthetic;

/// <summary>
/// A fixed random network that makes the targets: linear, tanh, linear, with weights that keep the size of what comes
/// in.
/// </summary>
internal sealed class Teacher
{
    private const int HiddenCount = 16;

    private readonly double[][] first;   // [hidden][input]
    private readonly double[][] second;  // [output][hidden]

    public Teacher(int inputCount, int outputCount, long seed)
    {
        first = Weights(HiddenCount, inputCount, new SplitMix64(seed, "teacher", 1));
        second = Weights(outputCount, HiddenCount, new SplitMix64(seed, "teacher", 2));
    }

    public void Answer(ReadOnlySpan<float> input, Span<float> output)
    {
        Span<double> hidden = stackalloc double[HiddenCount];
        for (var unit = 0; unit < hidden.Length; unit++)
        {
            var sum = 0.0;
            for (var index = 0; index < input.Length; index++)
                sum += first[unit][index] * input[index];
            hidden[unit] = Math.Tanh(sum);
        }

        for (var unit = 0; unit < output.Length; unit++)
        {
            var sum = 0.0;
            for (var index = 0; index < hidden.Length; index++)
                sum += second[unit][index] * hidden[index];
            output[unit] = (float)sum;
        }
    }

    private static double[][] Weights(int rows, int columns, SplitMix64 random)
    {
        var weights = new double[rows][];
        for (var row = 0; row < rows; row++)
        {
            weights[row] = new double[columns];
            for (var column = 0; column < columns; column++)
                weights[row][column] = random.Normal() / Math.Sqrt(columns);
        }

        return weights;
    }
}
