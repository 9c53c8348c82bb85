using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// The values of the program's <c>let</c>s by name, and which of them were asked for. A name whose value was mistaken is
/// known without a value, so that its uses add no second error.
/// </summary>
/// <param name="outer">The names around these, which these hide: the <c>let</c>s around a <c>def</c>'s parameters.</param>
public sealed class ValueEnvironment(ValueEnvironment? outer = null)
{
    private readonly Dictionary<string, Value?> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> unlisted = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceSpan> announced = new(StringComparer.Ordinal);

    /// <summary>What an error lists and suggests.</summary>
    public IEnumerable<string> Names =>
        values.Keys.Except(unlisted).Union(outer?.Names ?? []).Order(StringComparer.Ordinal);

    /// <summary>Says where a name will get its value.</summary>
    public void Announce(string name, SourceSpan place) => announced.TryAdd(name, place);

    /// <summary>Where a name that has no value yet gets it; null where it never does.</summary>
    public SourceSpan? Later(string name) =>
        !Holds(name) && announced.TryGetValue(name, out var place) ? place : outer?.Later(name);

    public void Add(string name, Value? value) => values[name] = value;

    public bool Holds(string name) => values.ContainsKey(name) || outer?.Holds(name) == true;

    /// <summary>A name that may be meant well: its uses are no errors, and no error speaks of it.</summary>
    public void Tolerate(string name)
    {
        Add(name, null);
        unlisted.Add(name);
    }

    public bool IsUsed(string name) => used.Contains(name);

    /// <summary>The name's value, null where it was mistaken; marks it as used.</summary>
    public Value? Use(string name)
    {
        used.Add(name);
        return values.TryGetValue(name, out var value) ? value : outer?.Use(name);
    }
}
