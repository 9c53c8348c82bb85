namespace ParDsl.Compiler.Binding;

/// <summary>
/// The values of the program's <c>let</c>s by name, and which of them were asked for. A name whose value was mistaken is
/// known without a value, so that its uses add no second error.
/// </summary>
public sealed class ValueEnvironment
{
    private readonly Dictionary<string, Value?> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => values.Keys.Order(StringComparer.Ordinal);

    public void Add(string name, Value? value) => values[name] = value;

    public bool Holds(string name) => values.ContainsKey(name);

    public bool IsUsed(string name) => used.Contains(name);

    /// <summary>The name's value, null where it was mistaken; marks it as used.</summary>
    public Value? Use(string name)
    {
        used.Add(name);
        return values[name];
    }
}
