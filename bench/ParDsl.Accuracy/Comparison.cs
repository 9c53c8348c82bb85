using System.Collections.Immutable;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Accuracy;

/// <summary>
/// Plans every measured case anew and puts its prediction beside the measurement. What <c>auto</c> chose otherwise when it was
/// measured is left out.
/// </summary>
internal static class Comparison
{
    public static ImmutableArray<ComparedCase> Of(
        IEnumerable<Example> examples, IReadOnlyList<Measurement> measured, HardwareDescription hardware) =>
    [
        .. from example in examples
           from layout in MeasuredLayouts.All
           let measurement = measured.FirstOrDefault(one => one.Example == example.Name && one.Layout == layout)
           where measurement is not null
           let plan = SpecPlan.Of(example.Path, layout, hardware).Value
           where plan is not null && (layout != MeasuredLayouts.Auto || SpecPlan.Words(plan) == measurement.Words)
           select new ComparedCase(
               measurement, plan.Prediction?.Seconds, HeldTogether.Bytes(plan)),
    ];
}
