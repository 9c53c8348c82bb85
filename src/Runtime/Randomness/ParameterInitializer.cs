using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Randomness;

/// <summary>
/// A parameter's first values, in double precision on the CPU: a function of the run's seed and the parameter's name alone,
/// so that every layout and every element type starts from the same numbers.
/// </summary>
internal static class ParameterInitializer
{
    // One block of the generator makes two numbers of 53 random bits.
    private const double Resolution = 1.0 / (1L << 53);

    public static double[] Values(CheckedParameter parameter, long seed)
    {
        var values = new double[parameter.Shape.ElementCount];
        var key = RandomKey.For(seed, $"parameter {parameter.Name}");
        switch (parameter.Initialization)
        {
            case Initialization.Constant constant:
                Array.Fill(values, constant.Value);
                break;
            case Initialization.Uniform uniform:
                FillUniform(values, key, uniform.Bound);
                break;
            case Initialization.Normal normal:
                FillNormal(values, key, normal.StandardDeviation);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(parameter), parameter.Initialization, "no such initialization");
        }

        return values;
    }

    private static void FillUniform(Span<double> values, RandomKey key, double bound)
    {
        for (var index = 0; index < values.Length; index += 2)
        {
            var (first, second) = Pair(index / 2, key);
            values[index] = (2 * first - 1) * bound;
            if (index + 1 < values.Length)
                values[index + 1] = (2 * second - 1) * bound;
        }
    }

    /// <summary>Box and Muller's transform of two uniform numbers into two normal ones.</summary>
    private static void FillNormal(Span<double> values, RandomKey key, double standardDeviation)
    {
        for (var index = 0; index < values.Length; index += 2)
        {
            var (first, second) = Pair(index / 2, key);
            // 1 - first is above 0, so its logarithm is finite.
            var radius = standardDeviation * Math.Sqrt(-2 * Math.Log(1 - first));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * second);
            values[index] = radius * cosine;
            if (index + 1 < values.Length)
                values[index + 1] = radius * sine;
        }
    }

    /// <summary>Two numbers in [0, 1).</summary>
    private static (double First, double Second) Pair(long index, RandomKey key)
    {
        var block = Philox.Block(new RandomCounter((uint)index, (uint)(index >> 32), 0, 0), key);
        return (Fraction(block.Word0, block.Word1), Fraction(block.Word2, block.Word3));
    }

    private static double Fraction(uint low, uint high) => (((ulong)high << 32 | low) >> 11) * Resolution;
}
