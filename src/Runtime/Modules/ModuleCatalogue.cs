using System.Collections.Frozen;

namespace ParDsl.Runtime.Modules;

/// <summary>The module of each kind of layer; a test holds this list against the compiler's catalogue.</summary>
internal static class ModuleCatalogue
{
    private static readonly FrozenDictionary<string, Func<LayerSite, ILayerModule>> Modules =
        new Dictionary<string, Func<LayerSite, ILayerModule>>
        {
            ["add"] = _ => new AddModule(),
            ["attention"] = site => new AttentionModule(site),
            ["average_pool"] = site => new AveragePoolModule(site),
            ["batch_norm"] = site => new BatchNormModule(site),
            ["concat"] = site => new ConcatModule(site),
            ["conv2d"] = site => new Conv2dModule(site),
            ["dropout"] = site => new DropoutModule(site),
            ["embedding"] = site => new EmbeddingModule(site),
            ["flatten"] = site => new FlattenModule(site),
            ["gelu"] = site => new GeluModule(site),
            ["layer_norm"] = site => new LayerNormModule(site),
            ["linear"] = site => new LinearModule(site),
            ["max_pool"] = site => new MaxPoolModule(site),
            ["multiply"] = _ => new MultiplyModule(),
            ["positions"] = site => new PositionsModule(site),
            ["relu"] = site => new ReluModule(site),
            ["rms_norm"] = site => new RmsNormModule(site),
            ["sigmoid"] = _ => new SigmoidModule(),
            ["silu"] = _ => new SiluModule(),
            ["softmax"] = _ => new SoftmaxModule(),
            ["tanh"] = _ => new TanhModule(),
        }.ToFrozenDictionary();

    /// <summary>The kinds in the order of their names.</summary>
    public static IEnumerable<string> Kinds => Modules.Keys.Order(StringComparer.Ordinal);

    public static ILayerModule Create(LayerSite site) => Modules[site.Layer.Kind](site);
}
