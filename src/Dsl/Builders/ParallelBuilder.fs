/// `parallel { data 4; shard Optimizer }`, `parallel { auto }`. Custom operations, because `data` alone is the data block's
/// keyword; F# takes no named arguments for them, so `replicas`, `stages` and `parts` hold those.
namespace ParDsl.Builders

open System.Runtime.CompilerServices
open System.Runtime.InteropServices

[<Sealed>]
type ParallelBuilder() =
    let add (entries: Entry<ParallelBlock> list) name arguments path line : Entry<ParallelBlock> list =
        entries @ [ Entry.create name arguments |> Entry.at path line ]

    member _.Yield(_: unit) : Entry<ParallelBlock> list = []

    /// Chooses the layout from the devices that are there.
    [<CustomOperation "auto">]
    member _.Auto
        (
            entries: Entry<ParallelBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "auto" [] path line

    /// As many replicas, each on its share of every batch.
    [<CustomOperation "data">]
    member _.Data
        (
            entries: Entry<ParallelBlock> list,
            degree: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "data" [ Argument.positional (Value.integer degree) ] path line

    /// As many replicas as devices are left.
    [<CustomOperation "data">]
    member _.Data
        (
            entries: Entry<ParallelBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "data" [] path line

    /// Replicas with arguments: `data (replicas (4, bucket = mebibytes 25))`.
    [<CustomOperation "data">]
    member _.Data
        (
            entries: Entry<ParallelBlock> list,
            replicas: Component<ReplicasKind>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries replicas.Name replicas.Arguments path line

    /// What each replica keeps only its part of: `shard Optimizer`.
    [<CustomOperation "shard">]
    member _.Shard
        (
            entries: Entry<ParallelBlock> list,
            level: ShardLevel,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "shard" [ Argument.positional (Value.shardLevel level) ] path line

    /// As many ranks that share the layers.
    [<CustomOperation "pipeline">]
    member _.Pipeline
        (
            entries: Entry<ParallelBlock> list,
            degree: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "pipeline" [ Argument.positional (Value.integer degree) ] path line

    /// As many stages as devices are left.
    [<CustomOperation "pipeline">]
    member _.Pipeline
        (
            entries: Entry<ParallelBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "pipeline" [] path line

    /// Stages with arguments: `pipeline (stages (4, microbatches = 8, schedule = ZeroBubble))`.
    [<CustomOperation "pipeline">]
    member _.Pipeline
        (
            entries: Entry<ParallelBlock> list,
            stages: Component<StagesKind>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries stages.Name stages.Arguments path line

    /// As many ranks that share each layer.
    [<CustomOperation "tensor">]
    member _.Tensor
        (
            entries: Entry<ParallelBlock> list,
            degree: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "tensor" [ Argument.positional (Value.integer degree) ] path line

    /// As many ranks that share each layer as devices are left.
    [<CustomOperation "tensor">]
    member _.Tensor
        (
            entries: Entry<ParallelBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "tensor" [] path line

    /// Ranks that share each layer, with arguments: `tensor (parts (2, sequence = true))`.
    [<CustomOperation "tensor">]
    member _.Tensor
        (
            entries: Entry<ParallelBlock> list,
            parts: Component<PartsKind>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries parts.Name parts.Arguments path line

    /// As many machines, which share the ranks evenly.
    [<CustomOperation "nodes">]
    member _.Nodes
        (
            entries: Entry<ParallelBlock> list,
            count: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "nodes" [ Argument.positional (Value.integer count) ] path line

    /// Computes activations again in the backward pass, in runs of a length that is chosen.
    [<CustomOperation "recompute">]
    member _.Recompute
        (
            entries: Entry<ParallelBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "recompute" [] path line

    /// The same in runs of so many layers.
    [<CustomOperation "recompute">]
    member _.Recompute
        (
            entries: Entry<ParallelBlock> list,
            every: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "recompute" [ Argument.keyed "every" (Value.integer every) ] path line

    /// Compares the replicas' weights now and then, and stops the run where they differ.
    [<CustomOperation "checkReplicas">]
    member _.CheckReplicas
        (
            entries: Entry<ParallelBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "check_replicas" [] path line

    /// The same so often: `checkReplicas (steps 100)`.
    [<CustomOperation "checkReplicas">]
    member _.CheckReplicas
        (
            entries: Entry<ParallelBlock> list,
            every: Duration,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        add entries "check_replicas" [ Argument.keyed "every" (Value.duration every) ] path line

    member _.Run
        (
            entries: Entry<ParallelBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ProgramBlock> =
        let auto, axes =
            entries |> List.partition (fun entry -> entry.Statement.Name = "auto")

        let arguments = auto |> List.map (fun _ -> Argument.positional (Value.Name "auto"))

        if axes.IsEmpty && not auto.IsEmpty then
            Entry.create "parallel" arguments |> Entry.at path line
        else
            Entry.block "parallel" arguments path line axes
