using System.Collections.Immutable;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>A list of names as it is written, which no <c>let</c> changes: <c>[fc1, fc3]</c>, or one name alone.</summary>
internal static class NameList
{
    /// <summary>The names; null where it is something else.</summary>
    public static ImmutableArray<string>? Of(ExpressionSyntax expression)
    {
        var items = ExpressionEvaluator.Items(expression) ?? [expression];
        var names = items.Select(NameOf).ToArray();
        return names.Length > 0 && names.All(name => name is not null) ? [.. names.OfType<string>()] : null;
    }

    private static string? NameOf(ExpressionSyntax expression) =>
        ExpressionEvaluator.BareName(expression) ?? ExpressionEvaluator.PlainText(expression);
}
