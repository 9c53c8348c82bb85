/// `parallel { data 4 }`, `parallel { auto }`. Custom operations, because `data` alone is the data block's keyword.
namespace ParDsl.Builders

open System.Runtime.CompilerServices
open System.Runtime.InteropServices

[<Sealed>]
type ParallelBuilder() =
    member _.Yield(_: unit) : Entry<ParallelBlock> list = []

    /// Chooses the layout from the devices that are there.
    [<CustomOperation "auto">]
    member _.Auto
        (
            entries: Entry<ParallelBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        entries @ [ Entry.create "auto" [] |> Entry.at path line ]

    /// As many replicas, each on its share of every batch.
    [<CustomOperation "data">]
    member _.Data
        (
            entries: Entry<ParallelBlock> list,
            degree: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        let arguments = [ Argument.positional (Value.integer degree) ]
        entries @ [ Entry.create "data" arguments |> Entry.at path line ]

    /// As many replicas as devices are left.
    [<CustomOperation "data">]
    member _.Data
        (
            entries: Entry<ParallelBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ParallelBlock> list =
        entries @ [ Entry.create "data" [] |> Entry.at path line ]

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
