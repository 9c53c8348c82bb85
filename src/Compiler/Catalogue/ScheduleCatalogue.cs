using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue.Schedules;

namespace ParDsl.Compiler.Catalogue;

/// <summary>Every schedule of the learning rate, sorted by name.</summary>
public static class ScheduleCatalogue
{
    public static ImmutableArray<IComponentRule> Rules { get; } =
    [
        ConstantSchedule.Rule,
        CosineSchedule.Rule,
        LinearSchedule.Rule,
        StepSchedule.Rule,
    ];
}
