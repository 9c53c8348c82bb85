/// `program { }`: the sections of a program, made into the syntax tree that the compiler reads.
namespace ParDsl.Builders

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open ParDsl.Syntax

[<Sealed>]
type ProgramBuilder() =
    inherit BlockBuilder<ProgramBlock>()

    member _.Run
        (
            body: unit -> Entry<ProgramBlock> list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] path: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) : ProgramSyntax =
        body () |> List.map _.Statement |> ScriptSyntax.program path line
