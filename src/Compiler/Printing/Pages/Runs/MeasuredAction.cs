using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>When a rank did an action, in seconds since the update began.</summary>
public readonly record struct MeasuredAction(PlanAction Action, double Start, double End);
