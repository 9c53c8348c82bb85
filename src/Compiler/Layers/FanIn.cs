using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// How PyTorch starts linear and convolution layers: weight and bias uniform within 1 / sqrt(fan-in), the number of inputs
/// of one output (what <c>kaiming_uniform_</c> with a = sqrt 5 comes down to).
/// </summary>
internal static class FanIn
{
    public static CheckedParameter Parameter(string name, Shape shape, long fanIn) =>
        new(name, shape, new Initialization.Uniform(1 / Math.Sqrt(fanIn)));
}
