namespace ParDsl.Runtime.Optimization.Schedules;

/// <summary>
/// minimum + (1 - minimum) (1 + cos(pi update / total)) / 2: PyTorch's CosineAnnealingLR (Loshchilov and Hutter 2017), which
/// stays at the minimum where a run goes on past its end.
/// </summary>
internal sealed class CosineCurve(double minimum) : IScheduleCurve
{
    public double Factor(long update, long total) =>
        minimum + (1 - minimum) * (1 + Math.Cos(Math.PI * Math.Min(update, total) / total)) / 2;
}
