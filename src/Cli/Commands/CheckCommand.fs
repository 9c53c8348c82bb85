/// `pardsl check FILE...`: says of each spec whether it could be run, with every mistake in it. Touches no device.
module ParDsl.Cli.Commands.CheckCommand

open System.Collections.Immutable
open Argu
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Plans

type Argument =
    | [<MainCommand>] Files of FILE: string list
    | Set of ``KEY=VALUE``: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Files _ -> "the specs to check."
            | Set _ -> "change a `let` or an argument: --set train.batch=256."
            | Json -> "print the diagnostics as JSON, one a line."

/// A spec is right or wrong whatever machine checks it, so it is planned for one that has what it asks for.
let private anyMachine =
    HardwareDescription("any machine", 1, 1L <<< 60, ImmutableArray.Empty)

let private success path (plan: ExecutionPlan) =
    let model, data = plan.Program.Model, plan.Program.Data.Description

    let parts = [
        Figures.plural model.Layers.Length "layer"
        $"{Figures.count model.ParameterCount} parameters"
        $"{Figures.count model.FlopsPerSample} FLOPs a sample"
        if data.TrainingCount.HasValue then
            $"{Figures.count data.TrainingCount.Value} samples"
    ]

    $"{path}: ok, " + String.concat ", " parts

let private check overrides path =
    Spec.plan path overrides anyMachine DeviceRequest.Unstated

let private run json overrides (files: string list) =
    let results = files |> List.map (fun file -> file, check overrides file)
    Findings.print json (results |> List.collect (fun (_, result) -> result.Diagnostics))

    for file, result in results do
        match result.Value with
        | Some plan when not json -> Terminal.tell (success file plan)
        | _ -> ()

    if results |> List.forall (fun (_, result) -> result.Value.IsSome) then
        ExitCode.Done
    else
        ExitCode.SpecIsWrong

let private spec argument =
    match argument with
    | Files values -> Some(SpecOption.Files values)
    | Set value -> Some(SpecOption.Set value)
    | Json -> None

let private start words =
    result {
        let! arguments = Options.parse "check" Files [] words
        let options = List.choose spec arguments

        match SpecOption.files options with
        | [] -> return! Error(Mistake.noFile "check")
        | files -> return fun () -> run (List.contains Json arguments) (SpecOption.overrides options) files
    }
    |> Command.startOnce

let command = {
    Name = "check"
    Arguments = "FILE..."
    Summary = "find every mistake in a spec, without running it"
    Options = fun columns -> Options.usage<Argument> columns "check"
    Run = start
}
