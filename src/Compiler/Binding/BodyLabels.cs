using ParDsl.Compiler.Diagnostics;
using ParDsl.Parsing;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// The labels of one body, the model's or a <c>def</c>'s. Law: each is there once, and its value may be named from the end of
/// its statement to the end of the block that it stands in.
/// </summary>
internal sealed class BodyLabels(IReadOnlyList<StatementSyntax> body, DiagnosticBag bag)
{
    private readonly Dictionary<string, NameSyntax> given = new(StringComparer.Ordinal);

    /// <summary>The labels whose block has ended, with its word.</summary>
    private readonly Dictionary<string, string> ended = new(StringComparer.Ordinal);
    private readonly List<string> visible = [];
    private readonly ILookup<string, NameSyntax> all =
        LabelsIn(body).ToLookup(label => label.Text, StringComparer.Ordinal);

    /// <summary>A statement begins: its label, if it has one, must be a name, and new.</summary>
    public void Begin(CallSyntax call)
    {
        if (!call.HasLabel)
            return;
        if (!Found.isLabel(call.Label.Text))
            bag.Add(LabelErrors.NotAName(call.Label));
        else if (!given.TryAdd(call.Label.Text, call.Label))
            bag.Add(NameErrors.DuplicateLabel(call.Label, given[call.Label.Text].Span));
    }

    /// <summary>A statement has ended: from here on its value can be named.</summary>
    public void End(CallSyntax call)
    {
        if (call.HasLabel && !visible.Contains(call.Label.Text))
            visible.Add(call.Label.Text);
    }

    /// <summary>What is labelled inside the block stays inside.</summary>
    public T InBlock<T>(CallSyntax block, Func<T> work)
    {
        var before = visible.Count;
        var result = work();
        foreach (var label in visible[before..])
            ended.TryAdd(label, block.Name.Text);
        visible.RemoveRange(before, visible.Count - before);
        return result;
    }

    /// <summary>Whether the name's value is there; why it is not is then in the bag.</summary>
    public bool Reaches(NameSyntax name)
    {
        if (visible.Contains(name.Text))
            return true;
        if (ended.TryGetValue(name.Text, out var block))
            bag.Add(LabelErrors.LabelOutOfReach(name, given[name.Text].Span, block));
        else if (all[name.Text].FirstOrDefault() is { } later)
            bag.Add(LabelErrors.LaterLabel(name, later.Span));
        else
            bag.Add(LabelErrors.UnknownLabel(name, visible.Order(StringComparer.Ordinal)));
        return false;
    }

    private static IEnumerable<NameSyntax> LabelsIn(IReadOnlyList<StatementSyntax> statements) =>
        CallParts.In(statements).SelectMany(call =>
            LabelsIn(call.Block).Concat(call.HasLabel ? [call.Label] : []));
}
