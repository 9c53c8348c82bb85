using ParDsl.Compiler.Catalogue;
using ParDsl.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>PD2010, PD2011, PD2013 and PD2020 to PD2029: which statements stand where.</summary>
internal static class NameErrors
{
    /// <param name="place">Where it stands: "a program", "`model`".</param>
    /// <param name="meant">What to write instead, or null where that is unknown.</param>
    public static Diagnostic UnknownStatement(NameSyntax name, string place, string? meant, IEnumerable<string> known) =>
        Finding.Error(
            "PD2010",
            name.Span,
            $"{place} has no statement `{name.Text}`",
            "no such statement",
            meant is null ? $"remove it, or write one of {Wording.Or(known)}" : $"write `{meant}`");

    /// <param name="near">What this language has instead.</param>
    public static Diagnostic AbsentLayer(NameSyntax name, string near) =>
        Finding.Error(
            "PD2010",
            name.Span,
            $"there is no layer `{name.Text}` in this language",
            "no such layer",
            near);

    /// <param name="home">The block whose statement it is.</param>
    /// <param name="place">Where it stands: "outside of all blocks", "inside `model`".</param>
    public static Diagnostic StatementElsewhere(NameSyntax name, string home, string place) =>
        Finding.Error(
            "PD2010",
            name.Span,
            $"`{name.Text}` is a statement of `{home}` and cannot stand {place}",
            "not here",
            $"move it: `{home} {{ {name.Text} ... }}`");

    /// <summary><c>data 4</c> outside of <c>parallel</c> is meant as a layout, not as the block of that name.</summary>
    public static Diagnostic MisplacedReplicas(CallSyntax data, string place) =>
        Finding.Error(
            "PD2010",
            data.Name.Span,
            $"`{data.HeadSpan.Words}` asks for replicas and cannot stand inside {place}",
            "not here",
            $"write `parallel {{ {data.HeadSpan.Words} }}`");

    public static Diagnostic MisplacedBlock(NameSyntax name, string place) =>
        Finding.Error(
            "PD2010",
            name.Span,
            $"`{name.Text}` is a block of its own and cannot stand inside {place}",
            "not here",
            $"move `{name.Text} {{ ... }}` out of {place}");

    public static Diagnostic ShardWithoutData(CallSyntax shard) => Finding.Error(
        "PD2029",
        shard.HeadSpan,
        "`shard` shares out what the data ranks would each keep whole, and this block has no `data`",
        "no data ranks",
        $"write `data 2; {shard.HeadSpan.Words}`");

    /// <param name="role">What the word names: "loss", "optimizer".</param>
    public static Diagnostic UnknownComponent(string role, NameSyntax name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var near = ForeignNames.Meaning(role, name.Text) ?? Spelling.Nearest(name.Text, names);
        return Finding.Error(
            "PD2011",
            name.Span,
            $"there is no {role} `{name.Text}`; there are {Wording.And(names)}",
            $"no such {role}",
            near is null ? $"write one of {Wording.Or(names)}" : $"write `{near}`");
    }

    public static Diagnostic MissingComponent(CallSyntax call, IEnumerable<string> known)
    {
        var names = known.ToArray();
        return Finding.Error(
            "PD2015",
            call.HeadSpan,
            $"`{call.Name.Text}` needs a name behind it: {Wording.Or(names)}",
            "the name is missing",
            $"write `{call.Name.Text} {names[0]}`");
    }

    public static Diagnostic DuplicateStatement(CallSyntax second, CallSyntax first) =>
        Finding.Error(
            "PD2013",
            second.Name.Span,
            $"`{second.Name.Text}` is written twice, but it can stand only once",
            "the second time",
            "remove one of the two",
            new RelatedSpan(first.Name.Span, "the first time"));

    public static Diagnostic DuplicateMetric(NameSyntax second) =>
        Finding.Error(
            "PD2013",
            second.Span,
            $"the metric `{second.Text}` is named twice, but once is enough",
            "the second time",
            "remove one of the two");

    public static Diagnostic BlockNotAllowed(CallSyntax call) =>
        Finding.Error(
            "PD2020",
            call.HeadSpan,
            $"`{call.Name.Text}` takes no block, but `{{` follows it",
            "no block can follow",
            "remove the braces and what is between them");

    public static Diagnostic MissingBraces(CallSyntax call) =>
        Finding.Error(
            "PD2021",
            call.HeadSpan,
            $"`{call.Name.Text}` needs a block `{{ ... }}` behind it",
            "the block is missing",
            $"write `{call.HeadSpan.Words} {{ ... }}`");

    public static Diagnostic NeedsLayout(CallSyntax call, string example) =>
        Finding.Error(
            "PD2021",
            call.HeadSpan,
            $"`{call.Name.Text}` needs `auto` or a block `{{ ... }}` behind it",
            "the layout is missing",
            $"write `{example}`");

    /// <summary><c>parallel data=4</c> is meant as <c>parallel { data 4 }</c>.</summary>
    public static Diagnostic StatementWithoutBraces(CallSyntax call)
    {
        var inside = string.Join(' ', call.Arguments.Select(argument => argument.Span.Words)).Replace('=', ' ');
        return Finding.Error(
            "PD2021",
            call.HeadSpan,
            $"`{call.Name.Text}` needs `auto` or a block `{{ ... }}` behind it, but `{inside}` stands there without braces",
            "the braces are missing",
            $"write `{call.Name.Text} {{ {inside} }}`");
    }

    public static Diagnostic LabelNotAllowed(CallSyntax call) =>
        Finding.Error(
            "PD2023",
            call.Label.Span,
            $"`{call.Name.Text}` cannot have the label `{call.Label.Text}`: only statements of the model can have labels",
            "no label can stand here",
            $"remove `{call.Label.Text}:`");

    public static Diagnostic DuplicateLabel(NameSyntax second, SourceSpan first) =>
        Finding.Error(
            "PD2024",
            second.Span,
            $"the label `{second.Text}` is given twice, but the parameters' names need it to be unique",
            "the second time",
            $"write another label, such as `{second.Text}_2`",
            new RelatedSpan(first, "the first time"));

    public static Diagnostic MissingBlocks(SourceSpan place, IReadOnlyList<string> missing) =>
        Finding.Error(
            "PD2025",
            place,
            $"the program needs `data`, `model` and `train`, but it has no {Wording.Or(missing)}",
            "",
            $"write `{missing[0]} {{ ... }}`");

    public static Diagnostic MissingStatement(CallSyntax block, string statement, string example) =>
        Finding.Error(
            "PD2025",
            block.Name.Span,
            $"`{block.Name.Text}` needs a statement `{statement}`, but has none",
            $"`{statement}` is missing",
            $"write `{example}` in the block");

    public static Diagnostic EpochsAndSteps(CallSyntax second, CallSyntax first) =>
        Finding.Error(
            "PD2026",
            second.HeadSpan,
            $"`{first.HeadSpan.Words}` and `{second.HeadSpan.Words}` both say how long to train, but only one can",
            "the second length",
            "remove one of the two",
            new RelatedSpan(first.HeadSpan, "the first length"));

    public static Diagnostic EmptyBlock(CallSyntax call, string needed, string example) =>
        Finding.Error(
            "PD2027",
            call.HeadSpan,
            $"the block of `{call.Name.Text}` is empty, but it needs {needed}",
            "nothing in it",
            $"write `{example}`");

    public static Diagnostic TooManyLayers(SourceSpan span, int limit) =>
        Finding.Error(
            "PD2028",
            span,
            $"the model has more than {limit} layers once every `repeat` and `def` is written out, and {limit} is the most",
            "too many layers from here",
            "repeat fewer times, or use fewer `def`s in each other");
}
