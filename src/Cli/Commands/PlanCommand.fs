/// `pardsl plan FILE`: prints where every parameter lives, what each rank does, and which bytes move.
module ParDsl.Cli.Commands.PlanCommand

open Argu
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Printing
open ParDsl.Runtime.Hardware

type Argument =
    | [<MainCommand>] Files of FILE: string list
    | [<Unique>] Gpus of N: string
    | [<Unique>] Devices of LIST: string
    | [<Unique>] Require_Gpu
    | Set of ``KEY=VALUE``: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Files _ -> "the spec to plan."
            | Gpus _ -> "ask for so many GPUs; virtual CPU devices stand in where there are none."
            | Devices _ -> "ask for these GPUs by number: 0,2."
            | Require_Gpu -> "refuse virtual devices."
            | Set _ -> "change a `let` or an argument: --set parallel.data=2."
            | Json -> "print the plan as JSON, in one line."

let private run json overrides request file =
    let plan = Spec.provenPlan file overrides (HardwareProbe.Probe()) request
    Findings.print json plan.Diagnostics

    match plan.Value with
    | None -> ExitCode.SpecIsWrong
    | Some plan ->
        (if json then
             PlanJson.Write plan
         else
             PlanPrinter.Print(plan).TrimEnd '\n')
        |> Terminal.output

        ExitCode.Done

let private spec argument =
    match argument with
    | Files values -> Some(SpecOption.Files values)
    | Gpus value -> Some(SpecOption.Gpus value)
    | Devices value -> Some(SpecOption.Devices value)
    | Require_Gpu -> Some SpecOption.RequireGpu
    | Set value -> Some(SpecOption.Set value)
    | Json -> None

let private start words =
    result {
        let! arguments = Options.parse "plan" Files [ "--on"; "--nodes"; "--hosts" ] words
        let options = List.choose spec arguments
        let! file = Options.oneFile "plan" (SpecOption.files options)
        let! request = SpecOption.deviceRequest options
        return fun () -> run (List.contains Json arguments) (SpecOption.overrides options) request file
    }
    |> Command.start

let command = {
    Name = "plan"
    Arguments = "FILE [--gpus N]"
    Summary = "show devices, placement, actions and collectives of a run"
    Options = fun () -> Options.usage<Argument> "plan"
    Run = start
}
