/// A program and the words of every `--set` come in; the program with those values set goes out. What is set points at
/// its own `--set`, so that a later stage's diagnostics show it there.
module ParDsl.Overrides.Overrides

open System
open System.Collections.Generic
open ParDsl.Diagnostics
open ParDsl.Parsing
open ParDsl.Source
open ParDsl.Syntax

let private spanOf file start length : SourceSpan = { File = file; Start = start; Length = length }

/// The place's names with their spans: `train.optimizer.lr`.
let private placeOf (file: SourceFile) (place: string) =
    let parts = place.Split '.'
    let starts = parts |> Array.scan (fun start part -> start + part.Length + 1) 0

    if Array.forall Found.isName parts then
        Ok [
            for part, start in Array.zip parts (Array.take parts.Length starts) do
                ({ Text = part; Span = spanOf file start part.Length }: NameSyntax)
        ]
    else
        Error(OverrideErrors.malformedPlace (spanOf file 0 (max 1 place.Length)) place)

let private letNames (program: ProgramSyntax) = [
    for statement in program.Statements do
        match statement with
        | StatementSyntax.Let binding -> binding.Name.Text
        | _ -> ()
]

let private setLet (name: NameSyntax) value (program: ProgramSyntax) =
    let replace statement =
        match statement with
        | StatementSyntax.Let binding when binding.Name.Text = name.Text ->
            StatementSyntax.Let { binding with Value = value }
        | other -> other

    let lets = letNames program

    if List.contains name.Text lets then
        Ok(program.Statements |> Seq.map replace |> Seq.toArray)
    else
        Error(OverrideErrors.unknownLet name.Span name.Text lets)

let private setPlace place value (program: ProgramSyntax) =
    match place with
    | [ name ] -> setLet name value program
    | _ -> OverridePlace.set true place value program.Statements

let private applyOne (program: ProgramSyntax) (written: string) =
    let file = { Path = "--set"; Text = written }

    match written.IndexOf '=' with
    | -1 -> Error(OverrideErrors.withoutValue (spanOf file 0 (max 1 written.Length)) written)
    | equals ->
        placeOf file (written.Substring(0, equals).TrimEnd())
        |> Result.bind (fun place ->
            Parser.parseValue file (equals + 1)
            |> Result.bind (fun value -> setPlace place value program))
        |> Result.map (fun statements -> { program with Statements = statements })

/// The program with every `key=value` set, one after the other, and a diagnostic for each that could not be.
let apply (program: ProgramSyntax) (overrides: string seq) : ParseResult =
    let diagnostics = List<Diagnostic>()

    let add program written =
        match applyOne program written with
        | Ok changed -> changed
        | Error diagnostic ->
            diagnostics.Add diagnostic
            program

    let changed = overrides |> Seq.fold add program
    { Program = changed; Diagnostics = diagnostics }
