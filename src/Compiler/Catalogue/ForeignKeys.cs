using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue;

/// <summary>What PyTorch calls the arguments of this language, for help to those who come from it.</summary>
internal static class ForeignKeys
{
    public static readonly ImmutableDictionary<string, string> Keys = new Dictionary<string, string>
    {
        ["embedding_dim"] = "features",
        ["eps"] = "epsilon",
        ["eta_min"] = "minimum",
        ["gamma"] = "factor",
        ["is_causal"] = "causal",
        ["kernel_size"] = "kernel",
        ["learning_rate"] = "lr",
        ["num_heads"] = "heads",
        ["out_channels"] = "channels",
        ["out_features"] = "outputs",
        ["p"] = "rate",
        ["step_size"] = "every",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Sizes that a layer takes from what comes in, and that are never written here.</summary>
    public static readonly ImmutableHashSet<string> Inferred =
    [
        "embed_dim",
        "in_channels",
        "in_features",
        "normalized_shape",
        "num_embeddings",
        "num_features",
        "vocab_size",
    ];
}
