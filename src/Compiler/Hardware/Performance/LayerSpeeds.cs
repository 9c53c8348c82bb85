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

    /// <summary>Empty where it was not measured.</summary>
    public ImmutableArray<LayerSpeed> Of(string layer) => ByLayer.GetValueOrDefault(layer, []);

    /// <summary>Both; of the same layer for the same number of samples what is newer.</summary>
    public LayerSpeeds With(LayerSpeeds newer) => new(ByLayer.SetItems(newer.ByLayer.Select(pair =>
        KeyValuePair.Create(pair.Key, Merged(pair.Value, Of(pair.Key))))));

    /// <summary>Both; of the same layer for the same number of samples what took less: others make it slower, and never quicker.</summary>
    public LayerSpeeds Quicker(LayerSpeeds other) => new(ByLayer.SetItems(other.ByLayer.Select(pair =>
        KeyValuePair.Create(pair.Key, Least(pair.Value.Concat(Of(pair.Key)))))));

    /// <summary>The same layers on a device that is so many times as fast.</summary>
    public LayerSpeeds Times(double factor) => new(ByLayer.ToImmutableSortedDictionary(
        pair => pair.Key, pair => pair.Value.Select(speed => speed.Times(factor)).ToImmutableArray(), StringComparer.Ordinal));

    public bool Equals(LayerSpeeds? other) =>
        other is not null
        && ByLayer.Keys.SequenceEqual(other.ByLayer.Keys)
        && ByLayer.Values.Zip(other.ByLayer.Values).All(pair => pair.First.SequenceEqual(pair.Second));

    public override int GetHashCode() => ByLayer.Keys.Aggregate(17, HashCode.Combine);

    private static ImmutableArray<LayerSpeed> Least(IEnumerable<LayerSpeed> speeds) =>
        [.. speeds.GroupBy(speed => speed.Samples, (_, same) => same.MinBy(speed => speed.Seconds)).OrderBy(speed => speed.Samples)];

    private static ImmutableArray<LayerSpeed> Merged(ImmutableArray<LayerSpeed> newer, ImmutableArray<LayerSpeed> older) =>
        [.. newer.Concat(older).DistinctBy(speed => speed.Samples).OrderBy(speed => speed.Samples)];
}
