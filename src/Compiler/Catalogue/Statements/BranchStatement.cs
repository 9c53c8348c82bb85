namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>branch { ... }</c>, inside <c>branches</c>.</summary>
internal static class BranchStatement
{
    public static readonly ComponentRule Rule = new(
        "branch",
        "One way through `branches`; an empty one passes its input on.",
        []);
}
