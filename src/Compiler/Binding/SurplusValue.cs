using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// A value without a name where its statement takes no more of them: an argument that must be named, or a size that other
/// tools want written and that is inferred here.
/// </summary>
internal static class SurplusValue
{
    private static readonly ImmutableHashSet<string> Sized =
        ["batch_norm", "conv2d", "embedding", "layer_norm", "linear", "rms_norm"];

    /// <summary>The one argument that must be there, has no place, and was given no name; null where there is none.</summary>
    public static ArgumentRule? Nameless(IReadOnlyList<ArgumentSyntax> arguments, IComponentRule rule)
    {
        if (arguments.Count(argument => argument.Key.Length == 0) <= Places(rule))
            return null;
        var needed = rule.Arguments
            .Where(known => !known.IsPositional && known.Default is null)
            .Where(known => arguments.All(argument => argument.Key != known.Name))
            .ToArray();
        return needed.Length == 1 ? needed[0] : null;
    }

    public static Diagnostic Refusal(IReadOnlyList<ArgumentSyntax> arguments, IComponentRule rule, ArgumentSyntax surplus)
    {
        var values = arguments.Where(argument => argument.Key.Length == 0).ToArray();
        var isFirst = values.ElementAtOrDefault(Places(rule)) == surplus;
        if (isFirst && Nameless(arguments, rule) is { } needed)
            return ArgumentErrors.UnnamedArgument(rule, surplus, needed);
        return isFirst && Sized.Contains(rule.Name) && !IsKernel(rule, values)
            ? ArgumentErrors.SizeThatComesIn(rule, surplus, Meant(rule, surplus))
            : ArgumentErrors.TooManyArguments(rule, surplus);
    }

    private static int Places(IComponentRule rule) => rule.Arguments.Count(known => known.IsPositional);

    private static string Meant(IComponentRule rule, ArgumentSyntax surplus) =>
        Places(rule) == 0 ? rule.Name : $"{rule.Name} {surplus.Span.Words}";

    /// <summary><c>conv2d 64 3</c>: two values of which the second may be the kernel; channels rarely become fewer.</summary>
    private static bool IsKernel(IComponentRule rule, ArgumentSyntax[] values) =>
        rule.Name == "conv2d" && values.Length == 2 && !(Number(values[0]) <= Number(values[1]));

    private static long? Number(ArgumentSyntax value) =>
        long.TryParse(value.Span.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
