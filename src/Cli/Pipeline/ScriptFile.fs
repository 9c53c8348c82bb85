/// A script as a spec, wherever a command takes one: `model.fsx` stands for the program of its first `Train.run`.
module ParDsl.Cli.Pipeline.ScriptFile

open System
open ParDsl.Runtime
open ParDsl.Runtime.Launching
open ParDsl.Source

let isScript (path: string) =
    path.EndsWith(".fsx", StringComparison.Ordinal)

/// The program in the file's language, with every default. What the script finds wrong it has shown already, on its own lines;
/// what later stages find is shown on the lines of this text, and its name says so.
let program (script: SourceFile) : Stage<SourceFile> =
    try
        match ScriptEvaluation.Evaluate script.Path with
        | null -> { Value = None; Diagnostics = [] }
        | text -> Stage.ofValue { Path = $"{script.Path} as a file"; Text = text }
    with :? RunFailedException as failure -> { Value = None; Diagnostics = [ failure.Diagnostic ] }
