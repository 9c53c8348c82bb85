/// Every mistake in bringing in another file, one function each: PD1060 to PD1062.
module ParDsl.Diagnostics.ImportErrors

open System
open System.IO
open ParDsl.Source

let private error code span message label help = { Diagnostic.error code span message with Label = label; Help = help }

/// Names beside the importing file, as they would be written in it.
let private fromImporter (importer: string) (help: string) =
    match Path.GetDirectoryName importer |> Option.ofObj |> Option.defaultValue "" with
    | "" -> help
    | folder -> help.Replace($"`{folder}/", "`")

let private helpFor (importer: string) (reading: Diagnostic) =
    if ReadingErrors.isMissingWithoutNear reading then
        $"a path starts at the folder of the file that it is written in, here `{importer}`"
    elif ReadingErrors.isEmpty reading then
        "write a `let` or a `def` in it, or remove this `import`"
    else
        fromImporter importer reading.Help

/// `reading` says why the file's text, or any statement in it, could not be reached.
let unreadable (span: SourceSpan) (reading: Diagnostic) =
    error "PD1060" span $"this `import` brings in nothing: {reading.Message}" "" (helpFor span.File.Path reading)

let private names (files: string list) =
    let names = [ for file in files -> $"`{file}`" ]
    String.Join(" -> ", names)

/// `files` are the names in the circle, from the file that is imported again to itself; `others` the imports between.
let circle (span: SourceSpan) (files: string list) (others: SourceSpan list) = {
    error
        "PD1061"
        span
        $"`{files.Head}` imports itself: {names files}"
        "this closes the circle"
        "move what both need to a file of its own, and import that in both" with
        Related = [| for other in others -> { Span = other; Label = "imported here" } |]
}

let foreignStatement (span: SourceSpan) (name: string) =
    error
        "PD1062"
        span
        $"`{span.File.Path}` is imported, so it may hold only `let`, `def` and `import`, and this is `{name}`"
        "not in an imported file"
        "move the `let`s and `def`s that are shared to a file of their own, and import that"
