using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>target [2]</c>.</summary>
internal static class ValuesTargetStatement
{
    public static readonly ComponentRule Rule = new(
        "target",
        "Numbers.",
        [
            new ArgumentRule("shape", ArgumentType.Integers, "The shape without the batch; left out: as in the files.")
            {
                IsPositional = true,
                Default = ImmutableArray<long>.Empty,
                Minimum = 1,
            },
            new ArgumentRule(
                "columns", ArgumentType.Columns, "The columns of a csv file; left out: the last, as many as the shape holds.")
            {
                Default = ImmutableArray<string>.Empty,
            },
        ]);
}
