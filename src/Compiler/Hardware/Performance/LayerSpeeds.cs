using System.Collections.Immutable;

namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>
/// What layers of specs took where they were measured, as PipeDream profiles them (Narayanan et al. 2019): by what a layer is, so
/// that every spec that has it profits. What curves of rates cannot know, how libtorch lays out this convolution or that sum, is
/// in it.
/// </summary>
/// <param name="ByLayer">Each by growing samples, at least one.</param>
public sealed record LayerSpeeds(ImmutableSortedDictionary<string, ImmutableArray<LayerSpeed>> ByLayer)
{
    public static readonly LayerSpeeds None = new(ImmutableSortedDictionary.Create<string, ImmutableArray<LayerSpeed>>(StringComparer.Ordinal));

    /// <summary>Of layers for the same number of samples; of those that are alike, what they took on average.</summary>
    public static LayerSpeeds Of(IEnumerable<(string Layer, LayerSpeed Speed)> measured) =>
        new(measured.GroupBy(each => each.Layer, each => each.Speed).ToImmutableSortedDictionary(
            alike => alike.Key, alike => ImmutableArray.Create(LayerSpeed.Mean([.. alike])), StringComparer.Ordinal));

    private IEnumerable<(string Layer, LayerSpeed Speed)> All => ByLayer.SelectMany(pair => pair.Value.Select(speed => (pair.Key, speed)));

    /// <summary>Empty where it was not measured.</summary>
    public ImmutableArray<LayerSpeed> Of(string layer) => ByLayer.GetValueOrDefault(layer, []);

    /// <summary>Both; of the same layer for the same number of samples what is newer.</summary>
    public LayerSpeeds With(LayerSpeeds newer) => new(ByLayer.SetItems(newer.ByLayer.Select(pair =>
        KeyValuePair.Create(pair.Key, Merged(pair.Value, Of(pair.Key))))));

    /// <summary>
    /// Both; of the layers that both have for the same number of samples all of the one in which they took less together: others
    /// make a measure slower, and never quicker. The least of each layer would be less than any measure.
    /// </summary>
    public LayerSpeeds Quicker(LayerSpeeds other)
    {
        var kept = (
            from one in All
            join two in other.All on (one.Layer, one.Speed.Samples) equals (two.Layer, two.Speed.Samples)
            group (One: one, Two: two) by one.Speed.Samples into pairs
            where pairs.Sum(pair => pair.One.Speed.Seconds) < pairs.Sum(pair => pair.Two.Speed.Seconds)
            from pair in pairs
            select pair.One).ToLookup(one => one.Layer, one => one.Speed);
        return With(other).With(new(kept.ToImmutableSortedDictionary(
            layer => layer.Key, layer => layer.OrderBy(speed => speed.Samples).ToImmutableArray(), StringComparer.Ordinal)));
    }

    /// <summary>The same layers on a device that is so many times as fast.</summary>
    public LayerSpeeds Times(double factor) => new(ByLayer.ToImmutableSortedDictionary(
        pair => pair.Key, pair => pair.Value.Select(speed => speed.Times(factor)).ToImmutableArray(), StringComparer.Ordinal));

    public bool Equals(LayerSpeeds? other) =>
        other is not null
        && ByLayer.Keys.SequenceEqual(other.ByLayer.Keys)
        && ByLayer.Values.Zip(other.ByLayer.Values).All(pair => pair.First.SequenceEqual(pair.Second));

    public override int GetHashCode() => ByLayer.Keys.Aggregate(17, HashCode.Combine);

    private static ImmutableArray<LayerSpeed> Merged(ImmutableArray<LayerSpeed> newer, ImmutableArray<LayerSpeed> older) =>
        [.. newer.Concat(older).DistinctBy(speed => speed.Samples).OrderBy(speed => speed.Samples)];
}
