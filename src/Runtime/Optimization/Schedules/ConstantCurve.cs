namespace ParDsl.Runtime.Optimization.Schedules;

/// <summary>1.</summary>
internal sealed class ConstantCurve : IScheduleCurve
{
    public double Factor(long update, long total) => 1;
}
