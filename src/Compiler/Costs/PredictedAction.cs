using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>When a rank is predicted to do what, in seconds since the step began.</summary>
/// <param name="Action">The action of the rank's list that it is a part of.</param>
/// <param name="Work">What the time goes to; an action that waits and then works is two entries.</param>
/// <param name="IsBackground">Whether it goes on beside the rank's other actions: a bucket that is being reduced.</param>
public readonly record struct PredictedAction(PlanAction Action, TimedWork Work, double Start, double End, bool IsBackground)
{
    public double Seconds => End - Start;
}
