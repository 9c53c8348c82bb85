/// `pardsl show syntax|checked|plan FILE`: prints what a stage made of a spec, every default written out.
module ParDsl.Cli.Commands.ShowCommand

open Argu
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Printing
open ParDsl.Printing

type Argument =
    | [<MainCommand>] Words of STAGE_FILE: string list
    | [<Unique>] Gpus of N: string
    | [<Unique>] On of ``NAME[:COUNTxMACHINES]``: string
    | Set of ``KEY=VALUE``: string

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Words _ -> "the stage (syntax, checked or plan) and the spec."
            | Gpus _ -> "for a plan: ask for so many GPUs."
            | On _ -> "for a plan: hardware that is not here, such as h100:8x16."
            | Set _ -> "change a `let` or an argument: --set width=64."

/// `write` folds what is for people, and leaves a spec as it is.
let private show write (stage: Stage<string>) =
    Findings.print false stage.Diagnostics

    match stage.Value with
    | None -> ExitCode.SpecIsWrong
    | Some text ->
        write (text.TrimEnd '\n')
        ExitCode.Done

let private printed print stage =
    stage |> Stage.next (print >> Stage.ofValue)

let private text overrides request known file stage =
    match stage with
    | "syntax" ->
        Ok(fun () ->
            Spec.syntax file overrides
            |> printed SyntaxPrinter.print
            |> show Terminal.output)
    | "checked" ->
        Ok(fun () ->
            Spec.checkedProgram file overrides
            |> printed (fun program -> CheckedProgramPrinter.Print(program, Terminal.outputColumns ()))
            |> show Terminal.tell)
    | "plan" ->
        Ok(fun () ->
            let hardware, warnings = FoundHardware.knownOrHere known
            Findings.print false warnings

            Spec.provenPlan file overrides hardware request
            |> printed (fun plan -> PlanPrinter.Print(plan, Terminal.outputColumns ()))
            |> show Terminal.tell)
    | word -> Error(Mistake.unknownStage word)

let private spec argument =
    match argument with
    | Words values -> SpecOption.Files values
    | Gpus value -> SpecOption.Gpus value
    | On value -> SpecOption.On value
    | Set value -> SpecOption.Set value

let private start words =
    result {
        let! arguments = Options.parse "show" Words [ "--json" ] words
        let options = List.map spec arguments
        let! request = SpecOption.deviceRequest options
        let! known = SpecOption.knownHardware options

        match SpecOption.files options with
        | [ stage; file ] -> return! text (SpecOption.overrides options) request known file stage
        | stage :: _ :: more -> return! Error(Mistake.tooManyWords $"show {stage}" more)
        | _ -> return! Error Mistake.noStage
    }
    |> Command.startOnce

let command = {
    Name = "show"
    Arguments = "syntax|checked|plan FILE"
    Summary = "print what a stage made of a spec"
    Options = fun columns -> Options.usage<Argument> columns "show"
    Run = start
}
