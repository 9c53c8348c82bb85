/// `pardsl explain PD3004`: prints the page of a diagnostic; without a code, the list of all.
module ParDsl.Cli.Commands.ExplainCommand

open System.IO
open System.Reflection
open Argu
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Output

type Argument =
    | [<MainCommand>] Codes of CODE: string list

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Codes _ -> "the code of a diagnostic, such as PD3004."

/// The pages of docs/errors are in the program, under their codes.
let private assembly = Assembly.GetExecutingAssembly()

let private codes () =
    assembly.GetManifestResourceNames()
    |> Seq.filter (fun name -> name.StartsWith("PD", System.StringComparison.Ordinal))
    |> Seq.sort
    |> List.ofSeq

let private page (code: string) =
    match assembly.GetManifestResourceStream code with
    | null -> ""
    | stream ->
        use reader = new StreamReader(stream)
        reader.ReadToEnd().TrimEnd()

/// "# PD3004: what it says" without the mark of a heading.
let private title code =
    let firstLine = (page code).Split '\n' |> Array.head
    firstLine.TrimStart('#', ' ')

/// `pd3004` and `3004` are PD3004.
let private isCode (word: string) code =
    code = word.ToUpperInvariant() || code = $"PD{word}"

let private explain (word: string) =
    let codes = codes ()

    match codes |> List.tryFind (isCode word) with
    | Some code ->
        Terminal.output (PageText.fold (Terminal.outputColumns ()) (page code))
        ExitCode.Done
    | None -> Command.refuse (Mistake.unknownCode codes word)

let private list () =
    codes () |> List.iter (title >> Terminal.tell)
    ExitCode.Done

let private start words =
    result {
        let! arguments = Options.parse "explain" Codes [] words

        match arguments |> List.collect (fun (Codes values) -> values) with
        | [] -> return list
        | [ code ] -> return fun () -> explain code
        | _ :: more -> return! Error(Mistake.tooManyWords "explain" more)
    }
    |> Command.startOnce

let command = {
    Name = "explain"
    Arguments = "PD3004"
    Summary = "say what a diagnostic means and how to mend it"
    Options = fun columns -> Options.usage<Argument> columns "explain"
    Run = start
}
