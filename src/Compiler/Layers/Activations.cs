namespace ParDsl.Compiler.Layers;

/// <summary>The functions of one number without arguments. A transcendental function counts as one operation.</summary>
public static class Activations
{
    public static readonly ElementwiseRule Relu =
        new("relu", "Replaces negative numbers by 0: max(x, 0).", flopsPerElement: 1);

    public static readonly ElementwiseRule Sigmoid =
        new("sigmoid", "Maps every number into (0, 1): 1 / (1 + exp(-x)).", flopsPerElement: 4, specials: 1);

    public static readonly ElementwiseRule Silu =
        new("silu", "Multiplies every number by its sigmoid: x / (1 + exp(-x)).", flopsPerElement: 5, specials: 1, backwardSpecials: 1, keeps: KeptValues.Inputs);

    public static readonly ElementwiseRule Tanh =
        new("tanh", "Maps every number into (-1, 1) by the hyperbolic tangent.", flopsPerElement: 1, specials: 1);
}
