using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>The heads of a program's <c>def</c>s: names, parameters, and that none uses itself.</summary>
internal sealed class DefinitionReader(DiagnosticBag bag)
{
    private readonly Dictionary<string, DefinitionSyntax> read = new(StringComparer.Ordinal);

    public ProgramDefinitions Read(IReadOnlyList<DefinitionSyntax> definitions)
    {
        foreach (var definition in definitions)
        {
            if (ModelWords.IsReserved(definition.Name.Text))
                bag.Add(DefinitionErrors.OwnWord(definition.Name));
            else if (!read.TryAdd(definition.Name.Text, definition))
                bag.Add(DefinitionErrors.DuplicateDefinition(definition.Name, read[definition.Name.Text].Name.Span));
        }

        var endless = new DefinitionNesting(read, bag).Check();
        return new ProgramDefinitions([.. read.Values.Select(definition => Definition(definition, endless))]);
    }

    private Definition Definition(DefinitionSyntax syntax, HashSet<string> endless)
    {
        var isSound = HasSoundParameters(syntax) && !endless.Contains(syntax.Name.Text);
        if (syntax.Block.Count == 0)
        {
            bag.Add(DefinitionErrors.EmptyDefinition(syntax));
            isSound = false;
        }

        return new Definition(syntax, Binding.Definition.RuleOf(syntax), isSound);
    }

    private bool HasSoundParameters(DefinitionSyntax definition)
    {
        var known = new Dictionary<string, NameSyntax>(StringComparer.Ordinal);
        var isSound = true;
        foreach (var name in definition.Parameters.Select(parameter => parameter.Name))
        {
            if (ExpressionEvaluator.IsFlag(name.Text))
                bag.Add(DefinitionErrors.ParameterOfOwnWord(name));
            else if (!known.TryAdd(name.Text, name))
                bag.Add(DefinitionErrors.DuplicateParameter(definition, name, known[name.Text].Span));
            else
                continue;
            isSound = false;
        }

        return isSound;
    }
}
