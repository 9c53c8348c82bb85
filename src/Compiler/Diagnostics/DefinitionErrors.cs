using ParDsl.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>PD2060 to PD2067, and PD2027 of an empty one: <c>def</c> and <c>import</c>.</summary>
internal static class DefinitionErrors
{
    public static Diagnostic OwnWord(NameSyntax name) =>
        Finding.Error(
            "PD2060",
            name.Span,
            $"`{name.Text}` is a word of the language itself, so a `def` cannot give it another meaning",
            "has a meaning already",
            $"write another name, such as `my_{name.Text}`");

    public static Diagnostic ParameterOfOwnWord(NameSyntax name) =>
        Finding.Error(
            "PD2060",
            name.Span,
            $"`{name.Text}` is a value of the language itself, so a parameter cannot give it another",
            "has a value already",
            "write another name");

    public static Diagnostic DuplicateDefinition(NameSyntax name, SourceSpan first) =>
        Finding.Error(
            "PD2061",
            name.Span,
            $"`{name.Text}` is defined twice",
            "the second time",
            "remove one of the two, or name them differently",
            new RelatedSpan(first, "the first time"));

    public static Diagnostic DuplicateParameter(DefinitionSyntax definition, NameSyntax name, SourceSpan first) =>
        Finding.Error(
            "PD2062",
            name.Span,
            $"`{definition.Name.Text}` has two parameters `{name.Text}`",
            "the second one",
            "remove one of the two, or name them differently",
            new RelatedSpan(first, "the first one"));

    /// <param name="circle">The names of the definitions in it, the first used by the last.</param>
    public static Diagnostic Recursion(NameSyntax use, IReadOnlyList<string> circle, RelatedSpan[] others) =>
        Finding.Error(
            "PD2063",
            use.Span,
            $"`{circle[0]}` uses itself, so its layers would have no end: "
                + string.Join(" -> ", circle.Append(circle[0]).Select(Wording.Quote)),
            $"`{circle[^1]}` uses `{circle[0]}`, which is not done yet",
            "remove this use; layers in a row are written with `repeat`",
            others);

    public static Diagnostic NestedTooDeep(NameSyntax use, int deepest) =>
        Finding.Error(
            "PD2064",
            use.Span,
            $"a `def` that uses a `def`, and so on, may go {deepest} deep, and this one is beyond",
            "too deep",
            "write the layers of some of them where they are used");

    public static Diagnostic UnusedDefinition(DefinitionSyntax definition) =>
        Finding.Warning(
            "PD2065",
            definition.Name.Span,
            $"`{definition.Name.Text}` is defined and never used",
            "not used",
            $"remove this `def`, or write `{definition.Name.Text}` in the model");

    public static Diagnostic EmptyDefinition(DefinitionSyntax definition) =>
        Finding.Error(
            "PD2027",
            definition.HeadSpan,
            $"the block of `{definition.Name.Text}` is empty, but it needs a layer",
            "nothing in it",
            $"write `{definition.HeadSpan.Words} {{ linear 10 }}`");

    public static Diagnostic DefinitionInBlock(DefinitionSyntax definition, string block) =>
        Finding.Error(
            "PD2066",
            definition.HeadSpan,
            $"`def {definition.Name.Text}` stands inside `{block}`, but a `def` belongs outside of all blocks",
            "not here",
            $"move it above `{block}`");

    public static Diagnostic ImportInBlock(ImportSyntax import, string block) =>
        Finding.Error(
            "PD2066",
            import.Span,
            $"this `import` stands inside `{block}`, but an `import` belongs outside of all blocks",
            "not here",
            $"move it above `{block}`");

    /// <summary>For a program that was parsed without <c>Imports.resolve</c>: the compiler opens no file itself.</summary>
    public static Diagnostic ImportNotRead(ImportSyntax import) =>
        Finding.Error(
            "PD2067",
            import.Span,
            $"what `{import.Path.Value}` defines is not known here, since nothing has read it",
            "not read",
            "check the spec as a file: `pardsl check FILE`");
}
