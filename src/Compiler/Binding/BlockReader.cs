using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>The statements of a block; what no block may hold, and what this one may not, is in the bag.</summary>
internal sealed class BlockReader(DiagnosticBag bag)
{
    public static IEnumerable<LetSyntax> Lets(IReadOnlyList<StatementSyntax> statements) =>
        statements
            .Select(statement => statement.Match<LetSyntax?>(
                call: _ => null,
                binding: binding => binding,
                definition: _ => null,
                import: _ => null))
            .OfType<LetSyntax>();

    public static IEnumerable<DefinitionSyntax> Definitions(IReadOnlyList<StatementSyntax> statements) =>
        statements
            .Select(statement => statement.Match<DefinitionSyntax?>(
                call: _ => null,
                binding: _ => null,
                definition: definition => definition,
                import: _ => null))
            .OfType<DefinitionSyntax>();

    public IReadOnlyList<CallSyntax> TopLevelCalls(IReadOnlyList<StatementSyntax> statements) =>
    [
        .. statements
            .Select(statement => statement.Match<CallSyntax?>(
                call: call => call,
                binding: _ => null,
                definition: _ => null,
                import: import => bag.Refuse<CallSyntax>(DefinitionErrors.ImportNotRead(import))))
            .OfType<CallSyntax>(),
    ];

    /// <summary>The calls in a block, in order.</summary>
    public IReadOnlyList<CallSyntax> Calls(CallSyntax block) => Calls(block.Block, block.Name.Text);

    /// <param name="name">How messages call the block: <c>model</c>.</param>
    public IReadOnlyList<CallSyntax> Calls(IReadOnlyList<StatementSyntax> statements, string name) =>
    [
        .. statements
            .Select(statement => statement.Match<CallSyntax?>(
                call: call => call,
                binding: binding => bag.Refuse<CallSyntax>(ExpressionErrors.LetInBlock(binding, name)),
                definition: definition => bag.Refuse<CallSyntax>(DefinitionErrors.DefinitionInBlock(definition, name)),
                import: import => bag.Refuse<CallSyntax>(DefinitionErrors.ImportInBlock(import, name))))
            .OfType<CallSyntax>(),
    ];

    /// <summary>
    /// The statements of a block that has a fixed list of them: no labels, no blocks, each once but for those that may repeat.
    /// </summary>
    public BlockStatements Settings(CallSyntax block, IReadOnlyList<string> known, params string[] mayRepeat)
    {
        var statements = new List<CallSyntax>();
        var meant = new HashSet<string>(StringComparer.Ordinal);
        foreach (var call in Calls(block))
        {
            if (!known.Contains(call.Name.Text))
                meant.Add(Refuse(call.Name, block.Name.Text, known));
            else if (statements.Find(other => other.Name.Text == call.Name.Text) is { } first
                && !mayRepeat.Contains(call.Name.Text))
                bag.Add(NameErrors.DuplicateStatement(call, first));
            else
                statements.Add(call);
            CheckSetting(call, known);
        }

        return new BlockStatements(statements, meant);
    }

    /// <summary>The known name that the refused one was meant to be, or itself.</summary>
    private string Refuse(NameSyntax name, string block, IReadOnlyList<string> known)
    {
        bag.Add(Unknown(name, block, known));
        return Spelling.Nearest(name.Text, known) ?? name.Text;
    }

    /// <summary>Why a statement's name means nothing in a block: misspelt, or elsewhere.</summary>
    public static ParDsl.Diagnostics.Diagnostic Unknown(NameSyntax name, string block, IReadOnlyList<string> known) =>
        ProgramReader.BlockNames.Contains(name.Text)
            ? NameErrors.MisplacedBlock(name, $"`{block}`")
            : NameErrors.UnknownStatement(name, $"`{block}`", known);

    private void CheckSetting(CallSyntax call, IReadOnlyList<string> known)
    {
        if (!known.Contains(call.Name.Text))
            return;
        if (call.HasLabel)
            bag.Add(NameErrors.LabelNotAllowed(call));
        if (call.HasBlock)
            bag.Add(NameErrors.BlockNotAllowed(call));
    }
}
