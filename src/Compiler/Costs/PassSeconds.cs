namespace ParDsl.Compiler.Costs;

/// <summary>How long one micro-batch takes through a layer.</summary>
/// <param name="Input">Backward, without the large weights' gradients.</param>
/// <param name="Weights">Those.</param>
internal readonly record struct PassSeconds(double Forward, double Input, double Weights)
{
    public double Backward => Input + Weights;

    public static PassSeconds operator +(PassSeconds one, PassSeconds other) =>
        new(one.Forward + other.Forward, one.Input + other.Input, one.Weights + other.Weights);

    public PassSeconds Times(double forward, double backward) => new(Forward * forward, Input * backward, Weights * backward);
}
