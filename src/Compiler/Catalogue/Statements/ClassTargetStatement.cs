using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>target class 10</c>.</summary>
internal static class ClassTargetStatement
{
    public static readonly ComponentRule Rule = new(
        "target class",
        "One of so many classes, numbered from 0.",
        [
            new ArgumentRule("classes", ArgumentType.Integer, "How many classes.")
            {
                IsPositional = true,
                Minimum = 2,
                Maximum = int.MaxValue,
            },
            new ArgumentRule("columns", ArgumentType.Columns, "The column of a csv file; left out: the last.")
            {
                Default = ImmutableArray<string>.Empty,
            },
        ]);
}
