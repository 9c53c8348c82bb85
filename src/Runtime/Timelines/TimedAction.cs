using System.Diagnostics;
using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Timelines;

/// <summary>When a rank did an action, in ticks of <see cref="Stopwatch"/>, which all ranks of a process share.</summary>
public readonly record struct TimedAction(PlanAction Action, long Start, long End)
{
    /// <summary>Whether the model was computed: what is no pass waits, moves or prepares.</summary>
    public bool IsPass => Action is PlanAction.Forward
        or PlanAction.Recompute
        or PlanAction.Backward
        or PlanAction.InputGradient
        or PlanAction.WeightGradient;
}
