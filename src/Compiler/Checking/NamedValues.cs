namespace ParDsl.Compiler.Checking;

/// <summary>
/// The values of labelled statements. A block's own are made anew in each of its repetitions, over those around it.
/// </summary>
internal sealed class NamedValues(NamedValues? outer = null)
{
    private readonly Dictionary<string, LayerValue> values = new(StringComparer.Ordinal);

    public void Add(string label, LayerValue value) => values[label] = value;

    /// <summary>The value of a label that the binder has found within reach.</summary>
    public LayerValue Find(string label) => values.TryGetValue(label, out var value)
        ? value
        : outer?.Find(label) ?? throw new ArgumentOutOfRangeException(nameof(label), label, null);
}
