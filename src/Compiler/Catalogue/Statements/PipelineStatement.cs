using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>pipeline</c> in <c>parallel</c>.</summary>
internal static class PipelineStatement
{
    public static readonly ComponentRule Rule = new(
        "pipeline",
        "Ranks that share the layers, micro-batch after micro-batch.",
        [
            new ArgumentRule("degree", ArgumentType.Integer, "How many stages; left out: what is left of the devices.")
            {
                IsPositional = true,
                Default = 0L,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
            new ArgumentRule(
                "microbatches", ArgumentType.Integer, "What each batch is cut into; 0: one a stage, or as `accumulate` says.")
            {
                Default = 0L,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
            new ArgumentRule("schedule", ArgumentType.Choice, "The order in which the stages take the micro-batches.")
            {
                Default = ScheduleKind.OneForwardOneBackward.Words(),
                Choices = [.. ScheduleFacts.All.Select(kind => kind.Words())],
            },
            new ArgumentRule("chunks", ArgumentType.Integer, "The runs of layers on each rank, for `interleaved`.")
            {
                Default = 1L,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
            new ArgumentRule("at", ArgumentType.Names, "The layers that stages start with; left out: balanced by cost.")
            {
                Default = ImmutableArray<string>.Empty,
            },
        ]);
}
