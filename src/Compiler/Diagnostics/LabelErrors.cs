using ParDsl.Compiler.Binding;
using ParDsl.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>PD2070 to PD2076, and PD2015, PD2017 and PD2024 of labels: named values and branches.</summary>
internal static class LabelErrors
{
    public static Diagnostic MissingLabel(CallSyntax call) =>
        Finding.Error(
            "PD2015",
            call.HeadSpan,
            $"`{call.Name.Text}` needs the label of an earlier statement, whose value it takes beside what comes in",
            "the label is missing",
            $"give an earlier layer a label, `enc: linear 64`, and write `{call.Name.Text} enc`");

    public static Diagnostic NotALabel(CallSyntax call, ArgumentSyntax argument) =>
        Finding.Error(
            "PD2017",
            argument.Span,
            $"`{call.Name.Text}` takes the labels of earlier statements, but this is {argument.Span.Words}",
            "not a label",
            $"give an earlier layer a label, `enc: linear 64`, and write `{call.Name.Text} enc`");

    public static Diagnostic UnknownLabel(NameSyntax name, IEnumerable<string> known)
    {
        var labels = known.ToArray();
        return Finding.Error(
            "PD2070",
            name.Span,
            labels.Length == 0
                ? $"no statement has the label `{name.Text}`: none above this line has any"
                : $"no statement has the label `{name.Text}`; above this line there are {Wording.And(labels)}",
            "no such label",
            Spelling.Nearest(name.Text, labels) is { } near
                ? $"write `{near}`"
                : $"give the layer its label: `{name.Text}: linear 64`");
    }

    public static Diagnostic LaterLabel(NameSyntax name, SourceSpan label) =>
        Finding.Error(
            "PD2071",
            name.Span,
            $"the value of `{name.Text}` is not there yet: only statements that end above this line have one",
            "used here",
            "name an earlier statement, or move this one below it",
            new RelatedSpan(label, "its value comes from here"));

    /// <param name="block">The word of the block that holds the label: <c>repeat</c>.</param>
    public static Diagnostic LabelOutOfReach(NameSyntax name, SourceSpan label, string block) =>
        Finding.Error(
            "PD2072",
            name.Span,
            $"`{name.Text}` stands inside a `{block}`, and its value is there only until that block ends",
            "out of its reach",
            $"give the `{block}` itself a label, and name that",
            new RelatedSpan(label, $"inside the `{block}`"));

    public static Diagnostic OtherThanBranch(CallSyntax call) =>
        Finding.Error(
            "PD2073",
            call.HeadSpan,
            $"`branches` holds nothing but `branch {{ ... }}`, and this is `{call.Name.Text}`",
            "not a branch",
            $"write `branch {{ {call.HeadSpan.Words} }}`");

    public static Diagnostic BranchOutside(CallSyntax call) =>
        Finding.Error(
            "PD2074",
            call.HeadSpan,
            "`branch` is one of several ways through `branches`, and there are none around it",
            "not in `branches`",
            "write `branches concat { branch { ... } branch { ... } }`");

    public static Diagnostic TooFewBranches(CallSyntax call, int count) =>
        Finding.Error(
            "PD2075",
            call.HeadSpan,
            $"`branches` makes one value of several, so it needs at least 2 branches, and it has {Wording.Number(count)}",
            $"{Wording.Count(count, "branch", "branches")}",
            "add `branch { ... }`; an empty one, `branch { }`, passes on what comes in");

    /// <summary>A script's text: a file's label is a name, or its parser says otherwise.</summary>
    public static Diagnostic NotAName(NameSyntax label) =>
        Finding.Error(
            "PD2076",
            label.Span,
            $"the label `{label.Text}` is not one that a file could have: letters, digits and `_`, no digit first, "
                + "and not `let`, `def` or `import`",
            "not a label",
            "write a name: `layer \"fc1\" (linear 64)`");

    public static Diagnostic LabelOfProjection(NameSyntax label) =>
        Finding.Error(
            "PD2024",
            label.Span,
            $"the label `{label.Text}` is the one of this residual's own projection, and the parameters' names need it to be "
                + "unique",
            "the second one",
            $"write another label, such as `{label.Text}_2`");
}
