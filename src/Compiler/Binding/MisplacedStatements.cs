using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// The statements of one block that stand in another, in a <c>def</c>, or outside of all. They are refused where they stand, so
/// that they are not missing where they belong as well.
/// </summary>
internal static class MisplacedStatements
{
    /// <param name="calls">What stands outside of all blocks.</param>
    /// <param name="blocks">The blocks by name.</param>
    public static IReadOnlySet<string> Of(
        IEnumerable<CallSyntax> calls,
        IReadOnlyDictionary<string, CallSyntax> blocks,
        IReadOnlyList<DefinitionSyntax> definitions)
    {
        var own = definitions.Select(definition => definition.Name.Text).ToHashSet(StringComparer.Ordinal);
        var layers = definitions.SelectMany(definition => definition.Block)
            .Concat(blocks.TryGetValue("model", out var model) ? model.Block : []);
        var settings = blocks.Values.Where(block => block.Name.Text != "model")
            .SelectMany(block => Names(block.Block).Where(name => IsOf(name, home => home != block.Name.Text)));
        return calls.Select(call => call.Name.Text).Where(name => IsOf(name, _ => true))
            .Concat(settings)
            .Concat(NamesWithin(layers).Where(name => !own.Contains(name) && IsOf(name, home => home != "model")))
            .ToHashSet(StringComparer.Ordinal);
    }

    private static bool IsOf(string name, Func<string, bool> block) => StatementHomes.Of(name) is { } home && block(home);

    private static IEnumerable<string> Names(IEnumerable<StatementSyntax> statements) =>
        CallParts.In(statements).Select(call => call.Name.Text);

    /// <summary>With what stands in the blocks of <c>repeat</c> and its kind.</summary>
    private static IEnumerable<string> NamesWithin(IEnumerable<StatementSyntax> statements) =>
        CallParts.In(statements).SelectMany(call => NamesWithin(call.Block).Prepend(call.Name.Text));
}
