using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>A program's <c>def</c>s by name, and which of them were used.</summary>
internal sealed class ProgramDefinitions(IReadOnlyList<Definition> all)
{
    private readonly Dictionary<string, Definition> byName =
        all.ToDictionary(definition => definition.Name, StringComparer.Ordinal);

    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public IReadOnlyList<Definition> All => all;

    /// <summary>The names that a model may use.</summary>
    public IEnumerable<string> Names => byName.Keys.Order(StringComparer.Ordinal);

    public IEnumerable<DefinitionSyntax> Unused =>
        all.Where(definition => !used.Contains(definition.Name)).Select(definition => definition.Syntax);

    /// <summary>The definition of that name, which is used from now on; null where there is none.</summary>
    public Definition? Use(string name)
    {
        used.Add(name);
        return byName.GetValueOrDefault(name);
    }
}
