/// A program comes in; the same with each `import` replaced by the `let`s and `def`s of its file, and of what that file
/// imports, goes out. A file counts once, however often it is imported, and its statements keep their places in it.
module ParDsl.Imports.Imports

open System.Collections.Generic
open System.IO
open ParDsl.Diagnostics
open ParDsl.Parsing
open ParDsl.Source
open ParDsl.Syntax

/// A file whose imports are being read, and the `import` that led to it; the program itself has none.
type private Link = { File: SourceFile; FullPath: string; Import: ImportSyntax voption }

type private Loading = { Read: string -> SourceReading; Known: HashSet<string>; Diagnostics: List<Diagnostic> }

/// As the user would type it where the importing file's own path was typed.
let private pathOf (import: ImportSyntax) =
    let folder =
        Path.GetDirectoryName import.Span.File.Path
        |> Option.ofObj
        |> Option.defaultValue ""

    Path.Combine(folder, import.Path.Value)

/// Two ways to write one path are one file. A text that is no path at all is no file's.
let private fullPath (path: string) =
    if path = "" || path.Contains '\000' then
        path
    else
        Path.GetFullPath path

/// `chain` has the newest link first, and the circle ends with the file that its oldest link is.
let private circle (import: ImportSyntax) (chain: Link list) (fullPath: string) =
    let inside =
        chain |> List.rev |> List.skipWhile (fun link -> link.FullPath <> fullPath)

    let names = [ for link in inside -> link.File.Path ]

    let others = [
        for link in inside.Tail do
            match link.Import with
            | ValueSome import -> import.Path.Span
            | ValueNone -> ()
    ]

    ImportErrors.circle import.Path.Span (names @ [ names.Head ]) others

/// The statements that an imported file may have; the others are told.
let private admitted (loading: Loading) (statements: StatementSyntax seq) =
    let isAdmitted statement =
        match statement with
        | StatementSyntax.Call call ->
            loading.Diagnostics.Add(ImportErrors.foreignStatement call.HeadSpan call.Name.Text)
            false
        | _ -> true

    statements |> Seq.filter isAdmitted |> Seq.toList

let rec private expand loading chain (statements: StatementSyntax seq) : StatementSyntax list = [
    for statement in statements do
        match statement with
        | StatementSyntax.Import import -> yield! bring loading chain import |> ImportTrivia.inPlaceOf import
        | other -> other
]

and private bring loading chain import =
    let path = pathOf import
    let full = fullPath path

    if chain |> List.exists (fun link -> link.FullPath = full) then
        loading.Diagnostics.Add(circle import chain full)
        []
    elif loading.Known.Add full then
        read loading chain import path full
    else
        []

and private read loading chain import path full =
    let reading = loading.Read path
    let link = { File = reading.File; FullPath = full; Import = ValueSome import }

    let parsed =
        if reading.Diagnostics.Count > 0 then
            { Program = { File = reading.File; Statements = [] }; Diagnostics = reading.Diagnostics }
        else
            Parser.parse reading.File

    for diagnostic in parsed.Diagnostics do
        if diagnostic.Span.IsNowhere then
            loading.Diagnostics.Add(ImportErrors.unreadable import.Path.Span diagnostic)
        else
            loading.Diagnostics.Add diagnostic

    admitted loading parsed.Program.Statements |> expand loading (link :: chain)

/// The program with its imports, and every mistake on the way to them. `read` gives a file's text by its path.
let resolve (read: string -> SourceReading) (program: ProgramSyntax) : ParseResult =
    let loading = { Read = read; Known = HashSet(); Diagnostics = List() }

    let itself = { File = program.File; FullPath = fullPath program.File.Path; Import = ValueNone }

    let statements = expand loading [ itself ] program.Statements
    { Program = { program with Statements = List.toArray statements }; Diagnostics = loading.Diagnostics }

/// The same with the files of this machine.
let fromFiles (program: ProgramSyntax) : ParseResult = resolve SourceReader.read program
