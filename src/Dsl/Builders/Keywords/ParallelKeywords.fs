/// What the statements of a script's `parallel` block take in parentheses; the statements themselves are the builder's.
namespace ParDsl

open ParDsl.Builders

[<AutoOpen; AbstractClass; Sealed>]
type ParallelKeywords =
    /// `data (replicas (4, bucket = mebibytes 25))`: the gradients that are reduced together have so many bytes.
    static member replicas(?degree: int, ?bucket: Size) : Component<ReplicasKind> =
        Component.create "data" [
            yield! Argument.leading Value.integer degree
            yield! Argument.optional "bucket" Value.size bucket
        ]

    /// `pipeline (stages (4, microbatches = 8, schedule = Interleaved, chunks = 2))`; `at` names the layers that the second
    /// and later stages start with.
    static member stages
        (?degree: int, ?microbatches: int, ?schedule: PipelineSchedule, ?chunks: int, ?at: string list)
        : Component<StagesKind> =
        Component.create "pipeline" [
            yield! Argument.leading Value.integer degree
            yield! Argument.optional "microbatches" Value.integer microbatches
            yield! Argument.optional "schedule" Value.schedule schedule
            yield! Argument.optional "chunks" Value.integer chunks
            yield! Argument.optional "at" Value.layerNames at
        ]

    /// `tensor (parts (2, sequence = true))`: the ranks divide the places of a sequence, too.
    static member parts(?degree: int, ?sequence: bool) : Component<PartsKind> =
        Component.create "tensor" [
            yield! Argument.leading Value.integer degree
            yield! Argument.optional "sequence" Value.boolean sequence
        ]

    static member kibibytes(amount: int64) : Size = { Amount = amount; Unit = "KiB" }
    static member mebibytes(amount: int64) : Size = { Amount = amount; Unit = "MiB" }

    static member Optimizer = ShardLevel.Optimizer
    static member Gradients = ShardLevel.Gradients
    static member Parameters = ShardLevel.Parameters

    static member Gpipe = PipelineSchedule.Gpipe
    static member OneForwardOneBackward = PipelineSchedule.OneForwardOneBackward
    static member Interleaved = PipelineSchedule.Interleaved
    static member ZeroBubble = PipelineSchedule.ZeroBubble
