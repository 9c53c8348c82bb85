using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>input [1, 28, 28] scale=(1 / 255)</c>.</summary>
internal static class InputStatement
{
    public static readonly ComponentRule Rule = new(
        "input",
        "One sample's input, as the model sees it.",
        [
            new ArgumentRule("shape", ArgumentType.Integers, "The shape without the batch; left out: as in the files.")
            {
                IsPositional = true,
                Default = ImmutableArray<long>.Empty,
                Minimum = 1,
            },
            new ArgumentRule("scale", ArgumentType.Real, "What raw numbers are multiplied by.") { Default = 1.0 },
            new ArgumentRule("shift", ArgumentType.Real, "What is added after scaling.") { Default = 0.0 },
            new ArgumentRule("columns", ArgumentType.Columns, "The columns of a csv file; left out: all but the target's.")
            {
                Default = ImmutableArray<string>.Empty,
            },
        ]);
}
