using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// The model's statements, and those of each <c>def</c>, with every default written out. A <c>def</c>'s own defaults stand in
/// its head already.
/// </summary>
internal sealed class ModelDefaults(IReadOnlyList<StatementSyntax> program)
{
    private readonly Dictionary<string, IComponentRule> definitions = BlockReader.Definitions(program)
        .ToDictionary(definition => definition.Name.Text, IComponentRule (definition) => Definition.RuleOf(definition));

    public IReadOnlyList<StatementSyntax> Write(IReadOnlyList<StatementSyntax> statements) =>
        CallParts.Exchange(statements, call => Head(call).WithBlock(Write(call.Block)));

    public DefinitionSyntax Write(DefinitionSyntax definition) => new(
        definition.Name,
        definition.Parameters,
        Write(definition.Block),
        definition.Span,
        definition.HeadSpan,
        definition.Trivia);

    private CallSyntax Head(CallSyntax call)
    {
        var word = call.Name.Text;
        if (CombinationCatalogue.Find(word) is { } combination)
            return Combination(call, combination);
        if (word == Catalogue.Statements.BranchesStatement.Rule.Name)
            return DefaultsWriter.Named(call, CombinationCatalogue.Rules);
        if (LayerCatalogue.Find(word) is { } layer)
            return DefaultsWriter.Whole(call, layer);
        return definitions.TryGetValue(word, out var definition)
            ? call.With([.. WholeArguments.Written(call, call.Arguments, definition).Select(argument => argument.Syntax)])
            : DefaultsWriter.Setting(call, StatementCatalogue.Model);
    }

    private static CallSyntax Combination(CallSyntax call, ICombinationRule rule)
    {
        var (labels, keyed) = CombinationBinder.Parts(call);
        return call.With([.. labels, .. WholeArguments.Of(call, keyed, rule)]);
    }
}
