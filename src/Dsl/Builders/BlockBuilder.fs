/// The computation expressions of a script. Every bare expression of a block is a statement of it, and `for` and `if`
/// repeat and choose statements. The F# compiler hands each `Yield` and `Run` the script's path and line.
namespace ParDsl.Builders

open System.Runtime.CompilerServices
open System.Runtime.InteropServices

/// What every block can hold: statements of its own kind, alone or in lists (`layers { }`).
type BlockBuilder<'block>() =
    member _.Yield
        (
            entry: Entry<'block>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) = [ Entry.at path line entry ]

    member _.Yield
        (
            entries: Entry<'block> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        entries |> List.map (Entry.at path line)

    member _.Zero() : Entry<'block> list = []
    member _.Delay(rest: unit -> Entry<'block> list) = rest
    member _.Combine(first: Entry<'block> list, rest: unit -> Entry<'block> list) = first @ rest ()

    member _.For(items: seq<'item>, body: 'item -> Entry<'block> list) = [
        for item in items do
            yield! body item
    ]

/// `model { }`, `data { }`, `repeat 6 { }`: a statement of `'outer` whose block holds statements of `'block`.
[<Sealed>]
type StatementBuilder<'block, 'outer>(name: string, arguments: Argument list) =
    inherit BlockBuilder<'block>()

    member _.Run
        (
            body: unit -> Entry<'block> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<'outer> =
        Entry.block name arguments path line (body ())

/// `layers { }`: layers with a name of F#'s, to be used in any model, in a row with those around them.
[<Sealed>]
type LayersBuilder() =
    inherit BlockBuilder<ModelBlock>()

    member _.Run(body: unit -> Entry<ModelBlock> list) = body ()

/// `train { }`, where `epochs 5` and `steps 200` are statements too.
[<Sealed>]
type TrainBuilder() =
    inherit BlockBuilder<TrainBlock>()

    member _.Yield
        (
            duration: Duration,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<TrainBlock> list =
        let count = Argument.positional (Value.long duration.Count)
        [ Entry.create duration.Unit [ count ] |> Entry.at path line ]

    member _.Run
        (
            body: unit -> Entry<TrainBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : Entry<ProgramBlock> =
        Entry.block "train" [] path line (body ())
