namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary>
/// <c>branches concat axis=1 { branch { ... } branch { ... } }</c>. Its arguments are the combination's that it names.
/// </summary>
internal static class BranchesStatement
{
    public static readonly ComponentRule Rule = new(
        "branches",
        "Each branch's layers on the same input, and what they give made into one value.",
        []);
}
