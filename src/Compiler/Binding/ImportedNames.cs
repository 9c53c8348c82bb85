using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// A program with the statements of its imports among its own comes in; it goes out without those that it does not use. In a
/// file of one's own they would be warned of.
/// </summary>
internal sealed class ImportedNames(ProgramSyntax program)
{
    public IReadOnlyList<StatementSyntax> WithoutUnused()
    {
        var kept = program.Statements.Where(IsOwn).ToHashSet(ReferenceEqualityComparer.Instance);
        while (Waiting(kept).Where(statement => IsUsed(statement, Kept(kept))).ToArray() is { Length: > 0 } found)
            kept.UnionWith(found);
        return Kept(kept);
    }

    private IEnumerable<StatementSyntax> Waiting(HashSet<object?> kept) =>
        program.Statements.Where(statement => !kept.Contains(statement));

    private IReadOnlyList<StatementSyntax> Kept(HashSet<object?> kept) => [.. program.Statements.Where(kept.Contains)];

    private bool IsOwn(StatementSyntax statement) => statement.Match(
        call: _ => true,
        binding: binding => binding.Name.Span.File.Path == program.File.Path,
        definition: definition => definition.Name.Span.File.Path == program.File.Path,
        import: _ => true);

    private static bool IsUsed(StatementSyntax statement, IReadOnlyList<StatementSyntax> by) => statement.Match(
        call: _ => true,
        binding: binding => NameUses.Count(by, binding.Name.Text) > 0,
        definition: definition => Calls(by, definition.Name.Text),
        import: _ => true);

    private static bool Calls(IReadOnlyList<StatementSyntax> statements, string name) => statements.Any(statement =>
        statement.Match(
            call: call => call.Name.Text == name || Calls(call.Block, name),
            binding: _ => false,
            definition: definition => Calls(definition.Block, name),
            import: _ => false));
}
