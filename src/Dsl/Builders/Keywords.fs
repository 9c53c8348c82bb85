/// Which keyword of a script stands for which word of a file. A test holds this list against the compiler's catalogues
/// and against the keywords themselves.
module ParDsl.Builders.Keywords

open System.Collections.Generic

let private spelledAlike = [
    "accumulate"
    "accuracy"
    "adam"
    "adamw"
    "add"
    "attention"
    "average_pool"
    "batch"
    "batch_norm"
    "bce_with_logits"
    "branch"
    "branches"
    "checkpoint"
    "clip"
    "concat"
    "constant"
    "conv2d"
    "cosine"
    "cross_entropy"
    "csv"
    "data"
    "dropout"
    "embedding"
    "epochs"
    "flatten"
    "gelu"
    "idx"
    "input"
    "l1"
    "layer_norm"
    "linear"
    "loss"
    "max_pool"
    "mean_absolute_error"
    "metric"
    "model"
    "mse"
    "multiply"
    "optimizer"
    "positions"
    "precision"
    "relu"
    "repeat"
    "residual"
    "rms_norm"
    "schedule"
    "seed"
    "sequential"
    "sgd"
    "shuffle"
    "sigmoid"
    "silu"
    "softmax"
    "source"
    "step"
    "steps"
    "synthetic"
    "synthetic_text"
    "tanh"
    "target"
    "text"
    "train"
    "validation"
]

let private spelledDifferently = [
    "class", "classes"
    "linear schedule", "linearDecay"
    "linear vocabulary", "linearVocabulary"
    "parallel", "inParallel"
]

/// From the file's word to the script's keyword: `max_pool` to `maxPool`. The schedule `linear` is "linear schedule",
/// and the layer with an output for each character of a text "linear vocabulary".
let all: IReadOnlyDictionary<string, string> =
    [ for name in spelledAlike -> name, ScriptLine.camelCase name ]
    @ spelledDifferently
    |> readOnlyDict
