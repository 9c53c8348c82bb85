using ParDsl.Compiler.Catalogue;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>A <c>def</c>, read.</summary>
/// <param name="Rule">Its parameters as arguments that a use may write by place or by name.</param>
/// <param name="IsSound">Whether its head and its place among the others are without mistake: only then it can be used.</param>
internal sealed record Definition(DefinitionSyntax Syntax, ComponentRule Rule, bool IsSound)
{
    public string Name => Syntax.Name.Text;

    public static ComponentRule RuleOf(DefinitionSyntax definition) => new(
        definition.Name.Text,
        "",
        [
            .. definition.Parameters.Select(parameter => new ArgumentRule(parameter.Name.Text, ArgumentType.Any, "")
            {
                IsPositional = true,
                Default = parameter.HasDefault ? parameter.Default : null,
            }),
        ]);
}
