using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue;

/// <summary>
/// Well-known layers that this language has none of, with what is nearest to them here: their names are no misspellings of
/// its own. Names are in small letters without <c>_</c>.
/// </summary>
internal static class AbsentLayers
{
    private const string Recurrent =
        "sequences are read by attention here: `embedding 64; positions learned; residual { layer_norm; attention heads=4 }`";

    private const string Transformer =
        "a block of it is `residual { layer_norm; attention heads=4 }; residual { layer_norm; linear 512; gelu; linear 128 }`";

    private const string OneDimension =
        "what slides over one dimension can stand in two: with `input [channels, 1, length]`, write ";

    private const string NoVolumes = "windows slide over images [channels, height, width] alone; nothing is near";

    private const string NoGrowth = "no layer makes an image larger: images only shrink, by `stride=2` or a pool; nothing is near";

    private static readonly ImmutableDictionary<string, string> Near = Layers(
        (OneDimension + "`conv2d 32 kernel=[1, 3]`", "conv1d convolution1d"),
        (OneDimension + "`max_pool [1, 2]`", "maxpool1d"),
        (OneDimension + "`average_pool [1, 2]`", "avgpool1d averagepool1d"),
        (NoVolumes, "conv3d convolution3d maxpool3d avgpool3d averagepool3d"),
        (NoGrowth,
            "convtranspose convtranspose1d convtranspose2d convtranspose3d deconv deconvolution interpolate pixelshuffle upsample "
            + "upsampling"),
        (Recurrent, "bigru bilstm gru grucell lstm lstmcell rnn rnncell"),
        (Transformer, "transformer transformerdecoder transformerdecoderlayer transformerencoder"),
        ("a sequence attends to itself alone here: `attention heads=4`", "crossattention"),
        ("a group of channels has no statistics of its own here; near are `batch_norm` and `layer_norm`",
            "groupnorm instancenorm instancenorm1d instancenorm2d localresponsenorm lrn"),
        ("near are `relu`, `gelu` and `silu`",
            "celu elu hardsigmoid hardswish hardtanh leakyrelu mish prelu relu6 rrelu selu softplus softsign"),
        ("a gate is written out: `branches multiply { branch { linear 256; silu }; branch { linear 256 } }`",
            "geglu glu reglu swiglu"),
        ("`loss cross_entropy` applies it itself: end the model with `linear`", "logsoftmax"),
        ("near is `positions sinusoidal`", "rope rotary rotaryembedding"));

    /// <summary>What is near to the layer of that name; null where it is no such layer.</summary>
    public static string? Nearest(string name) => Near.GetValueOrDefault(name.Replace("_", "").ToLowerInvariant());

    private static ImmutableDictionary<string, string> Layers(params (string Near, string Absent)[] rows) =>
        rows.SelectMany(row => row.Absent.Split(' ').Select(absent => KeyValuePair.Create(absent, row.Near)))
            .ToImmutableDictionary(StringComparer.Ordinal);
}
