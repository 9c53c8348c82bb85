using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>What a <c>def</c>'s parameters are worth in one of its uses, over the program's <c>let</c>s.</summary>
/// <param name="lets">The values that a definition sees beside its parameters.</param>
internal sealed class DefinitionArguments(ValueEnvironment lets, DiagnosticBag bag)
{
    /// <summary>The values with the parameters' among them; null where the use has a mistake.</summary>
    /// <param name="caller">The values where the use stands.</param>
    public ValueEnvironment? Bind(CallSyntax use, Definition definition, ValueEnvironment caller)
    {
        var errorsBefore = bag.Count;
        var place = new RelatedSpan(definition.Syntax.HeadSpan, "defined here");
        var written = bag.Within([place], () => new ArgumentPlacement(bag).Place(use, use.Arguments, definition.Rule));
        var values = new ValueEnvironment(lets);
        foreach (var parameter in definition.Syntax.Parameters)
        {
            if (written.TryGetValue(parameter.Name.Text, out var argument))
                values.Add(parameter.Name.Text, new ExpressionEvaluator(caller, bag).Evaluate(argument.Value));
            else if (parameter.HasDefault)
                values.Add(parameter.Name.Text, Default(parameter, values));
        }

        return bag.Count == errorsBefore ? values : null;
    }

    /// <summary>
    /// The parameters known without a value: with them a body shows the mistakes that it has whatever its arguments are.
    /// </summary>
    public ValueEnvironment Unknown(Definition definition)
    {
        var values = new ValueEnvironment(lets);
        foreach (var parameter in definition.Syntax.Parameters)
        {
            if (parameter.HasDefault)
                Default(parameter, values);
            values.Add(parameter.Name.Text, null);
        }

        return values;
    }

    /// <summary>A default may use the parameters before it.</summary>
    private Value? Default(ParameterSyntax parameter, ValueEnvironment values) =>
        new ExpressionEvaluator(values, bag).Evaluate(parameter.Default);
}
