namespace ParDsl.Compiler.Costs;

/// <summary>One operation of a layer's forward or backward pass, as far as it takes time.</summary>
/// <param name="Operations">Of a product or convolution, for one sample; a multiply-add counts 2.</param>
/// <param name="Elements">Numbers that are read and written for one sample.</param>
public sealed record OperationWork(WorkKind Kind, double Operations, double Elements)
{
    /// <summary>Numbers that are read and written once a micro-batch: weights and their gradients.</summary>
    public double WeightElements { get; init; }

    /// <summary>Of a product with a weight, the numbers of one place that come in forward; 0 of others.</summary>
    public double Inputs { get; init; }

    /// <summary>Likewise, those that come out.</summary>
    public double Outputs => Inputs > 0 ? WeightElements / Inputs : 0;

    /// <summary>Costly functions of a number, for one sample: exponentials, error functions, random numbers.</summary>
    public double Specials { get; init; }

    /// <summary>The calls of libtorch that it takes.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>Whether it computes gradients of large weights, which a pipeline may put off.</summary>
    public bool IsOfWeights { get; init; }

    /// <summary>Whether it computes a gradient of the layer's input: nothing where nobody learns from it.</summary>
    public bool IsOfInput { get; init; }

    public static OperationWork Pass(double elements, double specials = 0, int calls = 1) =>
        new(WorkKind.Pass, 0, elements) { Specials = specials, Calls = calls };
}
