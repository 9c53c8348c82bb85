using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>How often a program's values use a name.</summary>
internal static class NameUses
{
    public static int Count(IReadOnlyList<StatementSyntax> statements, string name) =>
        statements.Sum(statement => statement.Match(
            call: call => call.Arguments.Sum(argument => Count(argument.Value, name)) + Count(call.Block, name),
            binding: binding => Count(binding.Value, name),
            definition: definition => Count(definition.Block, name),
            import: _ => 0));

    private static int Count(ExpressionSyntax expression, string name) => expression.Match(
        number: _ => 0,
        text: _ => 0,
        name: word => word.Text == name ? 1 : 0,
        list: list => list.Items.Sum(item => Count(item, name)),
        unary: unary => Count(unary.Operand, name),
        binary: binary => Count(binary.Left, name) + Count(binary.Right, name));
}
