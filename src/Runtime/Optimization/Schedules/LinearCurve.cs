namespace ParDsl.Runtime.Optimization.Schedules;

/// <summary>1 - (1 - minimum) update / total: PyTorch's LinearLR from 1 to the minimum, where it stays.</summary>
internal sealed class LinearCurve(double minimum) : IScheduleCurve
{
    public double Factor(long update, long total) => 1 - (1 - minimum) * Math.Min(update, total) / total;
}
