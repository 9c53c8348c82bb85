using ParDsl.Compiler.Binding;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>batch</c> in <c>train</c>.</summary>
internal static class BatchStatement
{
    private const string Auto = "auto";

    public static readonly ComponentRule Rule = new(
        "batch",
        "The samples of one update, over all devices; `auto`: the most that the devices hold, by powers of two.",
        [
            new ArgumentRule("samples", ArgumentType.Integer, "How many samples.")
            {
                IsPositional = true,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
        ]);

    /// <summary><c>batch auto</c>: the planner finds the number. A number of <c>--set</c> speaks over it, and it over one.</summary>
    public static bool IsAuto(CallSyntax? call) =>
        call is { Arguments.Count: > 0 }
        && ExpressionEvaluator.BareName(call.Arguments[0].Value) == Auto
        && (call.Arguments.Count == 1 || ArgumentPlacement.IsSetOver(call.Arguments[0], call));
}
