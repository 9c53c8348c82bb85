using ParDsl.Compiler.Catalogue;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>What the user may have meant.</summary>
internal static class Spelling
{
    /// <summary>The candidate nearest to a misspelt word, or null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var near = Suggestion.nearest(candidates, word);
        return near.Count == 0 ? null : near[0];
    }

    /// <summary>What to write for a statement that its block does not know, or null where nothing is like it.</summary>
    public static string? MeantStatement(string block, string name, IEnumerable<string> known) =>
        ForeignNames.Meaning(block, name) ?? Nearest(name, known);

    /// <summary>
    /// The argument that an unknown key was meant to be: by PyTorch's name for it, a near one, or the only one needed.
    /// </summary>
    public static string? MeantArgument(IComponentRule rule, string key)
    {
        if (ForeignKeys.Inferred.Contains(key))
            return null;
        var names = rule.Arguments.Select(argument => argument.Name).ToArray();
        if (ForeignKeys.Keys.TryGetValue(key, out var own) && names.Contains(own))
            return own;
        var needed = rule.Arguments.Where(argument => argument.Default is null).ToArray();
        return Nearest(key, names) ?? (needed.Length == 1 ? needed[0].Name : null);
    }
}
