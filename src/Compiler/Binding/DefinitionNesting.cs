using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// Which <c>def</c>s have no end, since they use themselves, and which use others too deep for the stages behind. Each circle
/// is told once, with every use in it.
/// </summary>
internal sealed class DefinitionNesting(IReadOnlyDictionary<string, DefinitionSyntax> definitions, DiagnosticBag bag)
{
    /// <summary>How many definitions may stand within each other, with blocks of any depth in each.</summary>
    public const int Deepest = 50;

    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private readonly HashSet<string> endless = new(StringComparer.Ordinal);

    /// <summary>The definition that is looked through, and the uses that led from one to the next.</summary>
    private readonly List<string> path = [];
    private readonly List<CallSyntax> uses = [];

    /// <summary>The names of those that cannot be used.</summary>
    public HashSet<string> Check()
    {
        foreach (var name in definitions.Keys)
            Visit(name);
        return endless;
    }

    private void Visit(string name)
    {
        if (done.Contains(name))
            return;
        path.Add(name);
        foreach (var use in UsesIn(definitions[name].Block))
            Follow(use);
        path.RemoveAt(path.Count - 1);
        done.Add(name);
    }

    private void Follow(CallSyntax use)
    {
        uses.Add(use);
        if (path.Contains(use.Name.Text))
            Refuse(use.Name.Text);
        else if (path.Count == Deepest)
            RefuseDepth(use);
        else
            Visit(use.Name.Text);
        uses.RemoveAt(uses.Count - 1);
    }

    private void Refuse(string first)
    {
        var start = path.IndexOf(first);
        var circle = path[start..];
        var related = uses[start..^1].Select((use, index) => new RelatedSpan(use.Name.Span, $"`{circle[index]}` uses it here"));
        bag.Add(DefinitionErrors.Recursion(uses[^1].Name, circle, [.. related]));
        endless.UnionWith(circle);
    }

    private void RefuseDepth(CallSyntax use)
    {
        bag.Add(DefinitionErrors.NestedTooDeep(use.Name, Deepest));
        endless.UnionWith(path);
    }

    private IEnumerable<CallSyntax> UsesIn(IReadOnlyList<StatementSyntax> statements) =>
        CallParts.In(statements).SelectMany(call => UsesIn(call.Block).Prepend(call))
            .Where(call => definitions.ContainsKey(call.Name.Text));
}
