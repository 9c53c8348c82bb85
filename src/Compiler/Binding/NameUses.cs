using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>How often a program's values use a name.</summary>
internal static class NameUses
{
    public static int Count(IReadOnlyList<StatementSyntax> statements, string name) =>
        statements.Sum(statement => statement.Match(
            call: call => call.Arguments.Sum(argument => Count(argument.Value, name)) + Count(call.Block, name),
            binding: binding => Count(binding.Value, name),
            definition: definition => CountIn(definition, name),
            import: _ => 0));

    /// <summary>A parameter hides a <c>let</c> of its name from the layers, though not from its own default.</summary>
    private static int CountIn(DefinitionSyntax definition, string name)
    {
        var defaults = definition.Parameters
            .Where(parameter => parameter.HasDefault)
            .Sum(parameter => Count(parameter.Default, name));
        var isHidden = definition.Parameters.Any(parameter => parameter.Name.Text == name);
        return isHidden ? defaults : defaults + Count(definition.Block, name);
    }

    private static int Count(ExpressionSyntax expression, string name) => expression.Match(
        number: _ => 0,
        text: _ => 0,
        name: word => word.Text == name ? 1 : 0,
        list: list => list.Items.Sum(item => Count(item, name)),
        unary: unary => Count(unary.Operand, name),
        binary: binary => Count(binary.Left, name) + Count(binary.Right, name));
}
