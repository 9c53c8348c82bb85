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

    private readonly HashSet<string> endless = new(StringComparer.Ordinal);

    /// <summary>How deep the uses in a definition go, itself counted; those that are looked through already.</summary>
    private readonly Dictionary<string, int> depths = new(StringComparer.Ordinal);

    /// <summary>The definition that is looked through, and the uses that led from one to the next.</summary>
    private readonly List<string> path = [];
    private readonly List<CallSyntax> uses = [];

    /// <summary>The names of those that cannot be used.</summary>
    public HashSet<string> Check()
    {
        foreach (var name in definitions.Keys)
            Depth(name);
        return endless;
    }

    private int Depth(string name)
    {
        if (depths.TryGetValue(name, out var known))
            return known;
        path.Add(name);
        var inner = UsesIn(definitions[name].Block).Select(Follow).DefaultIfEmpty(0).Max();
        path.RemoveAt(path.Count - 1);
        return depths[name] = inner + 1;
    }

    /// <summary>How deep a use goes; 0 where it cannot be followed, which is then in the bag.</summary>
    private int Follow(CallSyntax use)
    {
        uses.Add(use);
        var depth = DepthOf(use);
        uses.RemoveAt(uses.Count - 1);
        return depth;
    }

    private int DepthOf(CallSyntax use)
    {
        if (path.Contains(use.Name.Text))
            Refuse(use.Name.Text);
        else if (endless.Contains(use.Name.Text))
            endless.UnionWith(path);
        else if (path.Count == Deepest)
            RefuseDepth(use);
        else if (Depth(use.Name.Text) is var depth && path.Count + depth <= Deepest)
            return depth;
        else
            RefuseDepth(use);
        return 0;
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
