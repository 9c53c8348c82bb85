/// The layers of a script. A layer whose arguments may all be left out is a plain word (`batchNorm`); the word with
/// `With` behind it takes them (`batchNormWith (momentum = 0.2)`).
namespace ParDsl

open ParDsl.Builders

[<AutoOpen; AbstractClass; Sealed>]
type LayerKeywords =
    static member private Layer(name: string, [<System.ParamArray>] arguments: Argument list[]) : Entry<ModelBlock> =
        Entry.create name (List.concat arguments)

    static member private Linear(outputs: Value, bias: bool option, tied: string option) =
        LayerKeywords.Layer(
            "linear",
            [ Argument.positional outputs ],
            Argument.optional "bias" Value.boolean bias,
            Argument.optional "tied" Value.Name tied
        )

    /// [.., features] -> [.., outputs]; `tied` is the label of the layer whose weight it uses.
    static member linear(outputs: int, ?bias: bool, ?tied: string) : Entry<ModelBlock> =
        LayerKeywords.Linear(Value.integer outputs, bias, tied)

    /// The file's `linear vocabulary`: an output for each character of the text. A name of its own, since with two of
    /// `linear` F# could not tell the type of `width` in `linear width`.
    static member linearVocabulary(?bias: bool, ?tied: string) : Entry<ModelBlock> =
        LayerKeywords.Linear(Value.Name "vocabulary", bias, tied)

    /// Tokens [length] -> [length, features]
    static member embedding(features: int, ?std: float) : Entry<ModelBlock> =
        LayerKeywords.Layer(
            "embedding",
            [ Argument.positional (Value.integer features) ],
            Argument.optional "std" Value.real std
        )

    /// Adds to each place of [length, features] its own numbers: `positions "learned"` or `positions "sinusoidal"`.
    static member positions(kind: string, ?std: float) : Entry<ModelBlock> =
        LayerKeywords.Layer(
            "positions",
            [ Argument.positional (Value.Name kind) ],
            Argument.optional "std" Value.real std
        )

    /// [length, features], kept: each place takes from all, or, where it is causal, from those before it.
    static member attention(heads: int, ?causal: bool, ?bias: bool) : Entry<ModelBlock> =
        LayerKeywords.Layer(
            "attention",
            [ Argument.keyed "heads" (Value.integer heads) ],
            Argument.optional "causal" Value.boolean causal,
            Argument.optional "bias" Value.boolean bias
        )

    /// [C, H, W] -> [channels, H', W']
    static member conv2d
        (channels: int, ?kernel: Pair, ?stride: Pair, ?padding: Pair, ?dilation: Pair, ?groups: int, ?bias: bool)
        : Entry<ModelBlock> =
        LayerKeywords.Layer(
            "conv2d",
            [ Argument.positional (Value.integer channels) ],
            Argument.optional "kernel" Value.pair kernel,
            Argument.optional "stride" Value.pair stride,
            Argument.optional "padding" Value.pair padding,
            Argument.optional "dilation" Value.pair dilation,
            Argument.optional "groups" Value.integer groups,
            Argument.optional "bias" Value.boolean bias
        )

    static member private Pool(name, kernel: Pair, stride: Pair option, padding: Pair option) =
        LayerKeywords.Layer(
            name,
            [ Argument.positional (Value.pair kernel) ],
            Argument.optional "stride" Value.pair stride,
            Argument.optional "padding" Value.pair padding
        )

    /// [C, H, W] -> [C, H', W']; the stride is the kernel where nothing else is said.
    static member maxPool(kernel: Pair, ?stride: Pair, ?padding: Pair) : Entry<ModelBlock> =
        LayerKeywords.Pool("max_pool", kernel, stride, padding)

    /// [C, H, W] -> [C, H', W']; the stride is the kernel where nothing else is said.
    static member averagePool(kernel: Pair, ?stride: Pair, ?padding: Pair) : Entry<ModelBlock> =
        LayerKeywords.Pool("average_pool", kernel, stride, padding)

    /// [A, B, ..] -> [A * B * ..]
    static member flatten: Entry<ModelBlock> = LayerKeywords.Layer "flatten"

    /// Normalises each channel or feature over the batch.
    static member batchNorm: Entry<ModelBlock> = LayerKeywords.Layer "batch_norm"

    /// `batchNorm` with its arguments.
    static member batchNormWith(?momentum: float, ?epsilon: float) : Entry<ModelBlock> =
        LayerKeywords.Layer(
            "batch_norm",
            Argument.optional "momentum" Value.real momentum,
            Argument.optional "epsilon" Value.real epsilon
        )

    /// Normalises each sample over its last dimension.
    static member layerNorm: Entry<ModelBlock> = LayerKeywords.Layer "layer_norm"

    /// `layerNorm` with its arguments.
    static member layerNormWith(?epsilon: float) : Entry<ModelBlock> =
        LayerKeywords.Layer("layer_norm", Argument.optional "epsilon" Value.real epsilon)

    /// Divides each sample by its root mean square over its last dimension.
    static member rmsNorm: Entry<ModelBlock> = LayerKeywords.Layer "rms_norm"

    /// `rmsNorm` with its arguments.
    static member rmsNormWith(?epsilon: float) : Entry<ModelBlock> =
        LayerKeywords.Layer("rms_norm", Argument.optional "epsilon" Value.real epsilon)

    /// Zeroes a share of the values while training and scales the others up.
    static member dropout(rate: float) : Entry<ModelBlock> =
        LayerKeywords.Layer("dropout", [ Argument.positional (Value.real rate) ])

    static member relu: Entry<ModelBlock> = LayerKeywords.Layer "relu"
    static member gelu: Entry<ModelBlock> = LayerKeywords.Layer "gelu"

    /// `gelu` with its arguments: `approximate = "tanh"`.
    static member geluWith(?approximate: string) : Entry<ModelBlock> =
        LayerKeywords.Layer("gelu", Argument.optional "approximate" Value.Name approximate)

    static member silu: Entry<ModelBlock> = LayerKeywords.Layer "silu"

    /// The layer; F#'s function is `Math.Tanh` or `Operators.tanh` in a script.
    static member tanh: Entry<ModelBlock> = LayerKeywords.Layer "tanh"

    static member sigmoid: Entry<ModelBlock> = LayerKeywords.Layer "sigmoid"

    /// Over the last dimension.
    static member softmax: Entry<ModelBlock> = LayerKeywords.Layer "softmax"
