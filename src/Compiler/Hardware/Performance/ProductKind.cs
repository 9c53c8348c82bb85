namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>What a product with a weight gives.</summary>
public enum ProductKind
{
    Output,
    InputGradient,
    WeightGradient,
}

public static class ProductKindFacts
{
    /// <summary>Its name in files.</summary>
    public static string Name(this ProductKind kind) => kind switch
    {
        ProductKind.Output => "output",
        ProductKind.InputGradient => "input_gradient",
        ProductKind.WeightGradient => "weight_gradient",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
