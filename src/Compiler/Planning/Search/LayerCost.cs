namespace ParDsl.Compiler.Planning.Search;

/// <summary>What a run of layers costs for one micro-batch: seconds, elements of parameters, and bytes.</summary>
/// <param name="Moves">What tensor ranks move, forward and backward.</param>
/// <param name="Kept">What autograd keeps.</param>
/// <param name="Outputs">All layers' outputs.</param>
internal readonly record struct LayerCost(
    double Forward, double InputGradient, double WeightGradient, double Moves, double Parameters, double Kept, double Outputs)
{
    public static LayerCost None => default;

    public double Pass => Forward + InputGradient + WeightGradient + Moves;

    public static LayerCost operator +(LayerCost one, LayerCost other) => new(
        one.Forward + other.Forward,
        one.InputGradient + other.InputGradient,
        one.WeightGradient + other.WeightGradient,
        one.Moves + other.Moves,
        one.Parameters + other.Parameters,
        one.Kept + other.Kept,
        one.Outputs + other.Outputs);

    public static LayerCost operator -(LayerCost one, LayerCost other) => new(
        one.Forward - other.Forward,
        one.InputGradient - other.InputGradient,
        one.WeightGradient - other.WeightGradient,
        one.Moves - other.Moves,
        one.Parameters - other.Parameters,
        one.Kept - other.Kept,
        one.Outputs - other.Outputs);
}
