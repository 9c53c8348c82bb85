namespace ParDsl.Runtime.Optimization.Schedules;

/// <summary>What a schedule makes of the learning rate once the warm-up is over.</summary>
internal interface IScheduleCurve
{
    /// <summary>The share of the optimizer's rate.</summary>
    /// <param name="update">Updates since the warm-up's end, from 0.</param>
    /// <param name="total">The updates from there to the run's end.</param>
    double Factor(long update, long total);
}
