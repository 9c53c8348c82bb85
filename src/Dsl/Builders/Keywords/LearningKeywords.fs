/// What a script's `loss`, `optimizer`, `schedule` and `metric` can name.
namespace ParDsl

open ParDsl.Builders

[<AutoOpen; AbstractClass; Sealed>]
type LearningKeywords =
    /// For classes: the logarithm of the softmax at the right one.
    static member crossEntropy: Component<LossKind> = Component.plain "cross_entropy"

    /// `crossEntropy` with its arguments.
    static member crossEntropyWith(?labelSmoothing: float) : Component<LossKind> =
        Component.create "cross_entropy" (Argument.optional "label_smoothing" Value.real labelSmoothing)

    /// The mean of the squared differences.
    static member mse: Component<LossKind> = Component.plain "mse"

    /// The mean of the absolute differences.
    static member l1: Component<LossKind> = Component.plain "l1"

    /// For values that are 0 or 1, from a model without a sigmoid at its end.
    static member bceWithLogits: Component<LossKind> = Component.plain "bce_with_logits"

    static member sgd(lr: float, ?momentum: float, ?nesterov: bool, ?weightDecay: float) : Component<OptimizerKind> =
        Component.create "sgd" [
            Argument.keyed "lr" (Value.real lr)
            yield! Argument.optional "momentum" Value.real momentum
            yield! Argument.optional "nesterov" Value.boolean nesterov
            yield! Argument.optional "weight_decay" Value.real weightDecay
        ]

    static member private Adam(name, lr, beta1, beta2, epsilon, weightDecay) : Component<OptimizerKind> =
        Component.create name [
            yield! Argument.optional "lr" Value.real lr
            yield! Argument.optional "beta1" Value.real beta1
            yield! Argument.optional "beta2" Value.real beta2
            yield! Argument.optional "epsilon" Value.real epsilon
            yield! Argument.optional "weight_decay" Value.real weightDecay
        ]

    /// `adam 1e-3`, `adam (1e-3, weightDecay = 1e-2)`: the decay is part of the gradient (Kingma and Ba 2014).
    static member adam(?lr: float, ?beta1: float, ?beta2: float, ?epsilon: float, ?weightDecay: float) =
        LearningKeywords.Adam("adam", lr, beta1, beta2, epsilon, weightDecay)

    /// As `adam`, with the decay apart from the gradient (Loshchilov and Hutter 2017).
    static member adamw(?lr: float, ?beta1: float, ?beta2: float, ?epsilon: float, ?weightDecay: float) =
        LearningKeywords.Adam("adamw", lr, beta1, beta2, epsilon, weightDecay)

    static member private Warmup(warmup: Duration option) =
        Argument.optional "warmup" Value.duration warmup

    /// The same learning rate to the end.
    static member constant: Component<ScheduleKind> = Component.plain "constant"

    /// `constant` after a linear rise: `constantWith (warmup = steps 200)`.
    static member constantWith(?warmup: Duration) : Component<ScheduleKind> =
        Component.create "constant" (LearningKeywords.Warmup warmup)

    /// The learning rate times `factor` after `every` so many steps or epochs.
    static member step(every: Duration, ?factor: float, ?warmup: Duration) : Component<ScheduleKind> =
        Component.create "step" [
            Argument.keyed "every" (Value.duration every)
            yield! Argument.optional "factor" Value.real factor
            yield! LearningKeywords.Warmup warmup
        ]

    static member private Falling(name, minimum, warmup) : Component<ScheduleKind> =
        Component.create name (Argument.optional "minimum" Value.real minimum @ LearningKeywords.Warmup warmup)

    /// Down to 0 along half a cosine.
    static member cosine: Component<ScheduleKind> = Component.plain "cosine"

    /// `cosine` with its arguments; `minimum` is a share of the learning rate.
    static member cosineWith(?minimum: float, ?warmup: Duration) =
        LearningKeywords.Falling("cosine", minimum, warmup)

    /// Down to 0 along a straight line: the file's `schedule linear`, whose name the layer has here.
    static member linearDecay: Component<ScheduleKind> = Component.plain "linear"

    /// `linearDecay` with its arguments; `minimum` is a share of the learning rate.
    static member linearDecayWith(?minimum: float, ?warmup: Duration) =
        LearningKeywords.Falling("linear", minimum, warmup)

    /// The share of the samples whose largest output is at their class.
    static member accuracy: Component<MetricKind> = Component.plain "accuracy"

    static member meanAbsoluteError: Component<MetricKind> = Component.plain "mean_absolute_error"
