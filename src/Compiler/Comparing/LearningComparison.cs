using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Printing;

namespace ParDsl.Compiler.Comparing;

/// <summary>What two checked programs teach differently, whatever their texts look like.</summary>
internal static class LearningComparison
{
    /// <summary>What is kept and counted, and leaves the weights as they are.</summary>
    private static readonly ImmutableHashSet<string> Watched = ["checkpoint", "metric"];

    public static ImmutableArray<Difference> Learning(CheckedProgram before, CheckedProgram after) =>
    [
        .. FactComparison.Of(ProgramFacts.Data(before.Data), ProgramFacts.Data(after.Data)),
        .. FactComparison.Of(Totals(before.Model), Totals(after.Model)),
        .. LayerComparison.Of(before.Model, after.Model),
        .. FactComparison.Of(
            ProgramFacts.Training(before.Training).Where(fact => !Watched.Contains(fact.Name)),
            ProgramFacts.Training(after.Training).Where(fact => !Watched.Contains(fact.Name))),
    ];

    public static ImmutableArray<Difference> Watching(CheckedProgram before, CheckedProgram after) => FactComparison.Of(
        ProgramFacts.Training(before.Training).Where(fact => Watched.Contains(fact.Name)),
        ProgramFacts.Training(after.Training).Where(fact => Watched.Contains(fact.Name)));

    private static IEnumerable<(string Name, string Text)> Totals(CheckedModel model) =>
    [
        ("layers", Wording.Number(model.Layers.Length)),
        ("parameters", Wording.Number(model.ParameterCount)),
        ("operations a sample", Wording.Number(model.FlopsPerSample)),
    ];
}
