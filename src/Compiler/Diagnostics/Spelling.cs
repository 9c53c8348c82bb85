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
}
