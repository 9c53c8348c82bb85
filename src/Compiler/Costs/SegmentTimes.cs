namespace ParDsl.Compiler.Costs;

/// <summary>How long one micro-batch takes through a segment, in seconds.</summary>
/// <param name="Forward">With the loss and the metrics in the model's last segment.</param>
/// <param name="Again">Forward once more, for the backward pass, with the loss and without the metrics.</param>
/// <param name="InputGradient">Backward, without the large weights' gradients.</param>
/// <param name="WeightGradient">Those.</param>
internal readonly record struct SegmentTimes(double Forward, double Again, double InputGradient, double WeightGradient)
{
    public double Backward => InputGradient + WeightGradient;

    public static SegmentTimes operator +(SegmentTimes one, SegmentTimes other) => new(
        one.Forward + other.Forward,
        one.Again + other.Again,
        one.InputGradient + other.InputGradient,
        one.WeightGradient + other.WeightGradient);
}
