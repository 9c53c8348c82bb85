using ParDsl.Compiler.Catalogue;
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
                meant.Add(Refuse(call, block.Name.Text, known));
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
    private string Refuse(CallSyntax call, string block, IReadOnlyList<string> known)
    {
        bag.Add(Unknown(call, block, known));
        return Spelling.MeantStatement(block, call.Name.Text, known)?.Split(' ')[0] ?? call.Name.Text;
    }

    /// <summary>Why a statement means nothing in a block: it belongs elsewhere, or is misspelt, or another tool's.</summary>
    public static ParDsl.Diagnostics.Diagnostic Unknown(CallSyntax call, string block, IReadOnlyList<string> known)
    {
        var name = call.Name;
        if (name.Text == "data" && !call.HasBlock && call.Arguments.Count > 0)
            return NameErrors.MisplacedReplicas(call, $"`{block}`");
        if (ProgramReader.BlockNames.Contains(name.Text))
            return NameErrors.MisplacedBlock(name, $"`{block}`");
        if (block == "model" && AbsentLayers.Nearest(name.Text) is { } near)
            return NameErrors.AbsentLayer(name, near);
        return StatementHomes.Of(name.Text) is { } home && home != block
            ? NameErrors.StatementElsewhere(name, home, $"inside `{block}`")
            : NameErrors.UnknownStatement(name, $"`{block}`", Spelling.MeantStatement(block, name.Text, known), known);
    }

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
