namespace ParDsl.Runtime.Optimization.Schedules;

/// <summary>factor ^ floor(update / every): PyTorch's StepLR.</summary>
internal sealed class StepCurve(long every, double factor) : IScheduleCurve
{
    public double Factor(long update, long total) => Math.Pow(factor, update / every);
}
