/// The statements of a script's `train` block; the losses, optimizers, schedules and metrics they name are beside this file.
namespace ParDsl

open ParDsl.Builders

[<AutoOpen; AbstractClass; Sealed>]
type TrainKeywords =
    static member private Statement(name, value) : Entry<TrainBlock> =
        Entry.create name [ Argument.positional value ]

    static member loss(kind: Component<LossKind>) : Entry<TrainBlock> =
        Entry.create "loss" (Component.toArguments kind)

    static member optimizer(kind: Component<OptimizerKind>) : Entry<TrainBlock> =
        Entry.create "optimizer" (Component.toArguments kind)

    /// How the learning rate changes: `schedule (cosineWith (warmup = steps 200))`.
    static member schedule(kind: Component<ScheduleKind>) : Entry<TrainBlock> =
        Entry.create "schedule" (Component.toArguments kind)

    /// What is measured beside the loss; may stand more than once.
    static member metric(kind: Component<MetricKind>) : Entry<TrainBlock> =
        Entry.create "metric" (Component.toArguments kind)

    /// The samples of one update, over all devices.
    static member batch(samples: int) =
        TrainKeywords.Statement("batch", Value.integer samples)

    /// `batch Auto`: the most samples that the devices hold, by powers of two.
    static member batch(_choice: PlannerChoice) =
        TrainKeywords.Statement("batch", Value.Name "auto")

    /// Passes over the training samples: a statement of `train`, or a schedule's length.
    static member epochs(count: int64) : Duration = { Count = count; Unit = "epochs" }

    /// Updates: a statement of `train`, or a schedule's length.
    static member steps(count: int64) : Duration = { Count = count; Unit = "steps" }

    static member seed(number: int64) =
        TrainKeywords.Statement("seed", Value.long number)

    /// Whether the samples of each epoch come in a new order; `false`: in the order of the file.
    static member shuffle(isOn: bool) =
        TrainKeywords.Statement("shuffle", Value.boolean isOn)

    /// `precision Float64`: what is computed in.
    static member precision(precision: Precision) =
        let name =
            match precision with
            | Precision.Float64 -> "float64"
            | Precision.BFloat16 -> "bfloat16"
            | Precision.Float16 -> "float16"
            | _ -> "float32"

        TrainKeywords.Statement("precision", Value.Name name)

    /// The micro-batches that one update's samples are cut into.
    static member accumulate(microBatches: int) =
        TrainKeywords.Statement("accumulate", Value.integer microBatches)

    /// The largest norm that the gradient may have.
    static member clip(norm: float) =
        TrainKeywords.Statement("clip", Value.real norm)

    /// `checkpoint (every = steps 500, keep = 3, best = "accuracy")`: when the run's state is written, and what stays.
    static member checkpoint(?every: Interval, ?keep: int, ?best: string) : Entry<TrainBlock> =
        Entry.create "checkpoint" [
            yield! Argument.optional "every" Value.interval every
            yield! Argument.optional "keep" Value.integer keep
            yield! Argument.optional "best" Value.Name best
        ]

    static member seconds(length: float) : Time = { Length = length; Scale = "s" }
    static member minutes(length: float) : Time = { Length = length; Scale = "min" }
    static member hours(length: float) : Time = { Length = length; Scale = "h" }

    static member Auto = PlannerChoice.Auto

    static member Float32 = Precision.Float32
    static member Float64 = Precision.Float64
    static member BFloat16 = Precision.BFloat16
    static member Float16 = Precision.Float16
