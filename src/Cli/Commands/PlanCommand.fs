/// `pardsl plan FILE`: prints where every parameter lives, what each rank does, and which bytes move.
module ParDsl.Cli.Commands.PlanCommand

open Argu
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Printing
open ParDsl.Compiler.Printing.Pages
open ParDsl.Runtime.Reporting

type Argument =
    | [<MainCommand>] Files of FILE: string list
    | [<Unique>] Gpus of N: string
    | [<Unique>] Devices of LIST: string
    | [<Unique>] Require_Gpu
    | [<Unique>] On of ``NAME[:COUNTxMACHINES]``: string
    | [<Unique>] Nodes of N: string
    | [<Unique>] Hosts of LIST: string
    | [<Unique>] Hostfile of FILE: string
    | [<Unique>] Processes of N: string
    | Set of ``KEY=VALUE``: string
    | [<Unique>] Json
    | [<Unique>] Html of OUT: string

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Files _ -> "the spec to plan."
            | Gpus _ -> "ask for so many GPUs, on each machine; virtual CPU devices stand in where there are none."
            | Devices _ -> "ask for these GPUs by number: 0,2."
            | Require_Gpu -> "refuse virtual devices."
            | On _ ->
                "plan for hardware that is not here: h100:8x16 is 16 machines of 8 H100. Known are "
                + HardwareOption.names
                + "."
            | Nodes _ -> "plan for so many machines like this one."
            | Hosts _ -> "plan for these machines: a,b or a:4,b:4."
            | Hostfile _ -> "the same from a file: a line `a slots=4` or `a:4` a machine."
            | Processes _ -> "plan for so many processes on this machine."
            | Set _ -> "change a `let` or an argument: --set parallel.data=2."
            | Json -> "print the plan as JSON, in one line."
            | Html _ -> "draw the plan as a page that a browser opens: model, timeline, memory, what moves."

/// The plan in what was asked for; with a page alone, where it is.
let private print json page plan =
    page |> Option.iter (fun path -> PageFile.Write(path, PlanPage.Write plan))

    match page with
    | _ when json -> Terminal.output (PlanJson.Write plan)
    | Some path -> Terminal.tell $"{path}: a page for the browser"
    | None -> PlanPrinter.Print(plan, Terminal.outputColumns ()).TrimEnd '\n' |> Terminal.tell

let private show json page overrides request file (hardware, warnings) =
    let plan = Spec.provenPlan file overrides hardware request
    Findings.print json (warnings @ plan.Diagnostics)

    match plan.Value with
    | None -> ExitCode.SpecIsWrong
    | Some plan ->
        print json page plan
        ExitCode.Done

let private spec argument =
    match argument with
    | Files values -> Some(SpecOption.Files values)
    | Gpus value -> Some(SpecOption.Gpus value)
    | Devices value -> Some(SpecOption.Devices value)
    | Require_Gpu -> Some SpecOption.RequireGpu
    | On value -> Some(SpecOption.On value)
    | Nodes value -> Some(SpecOption.Machines("--nodes", value))
    | Hosts value -> Some(SpecOption.Machines("--hosts", value))
    | Hostfile value -> Some(SpecOption.Machines("--hostfile", value))
    | Processes value -> Some(SpecOption.Machines("--processes", value))
    | Set value -> Some(SpecOption.Set value)
    | Html _
    | Json -> None

let private page (arguments: Argument list) =
    arguments
    |> List.tryPick (function
        | Html path -> Some path
        | _ -> None)

let private start words =
    result {
        let! arguments = Options.parse "plan" Files [] words
        let options = List.choose spec arguments
        let! file = Options.oneFile "plan" (SpecOption.files options)
        let! request = SpecOption.deviceRequest options
        let! known = SpecOption.knownHardware options
        let! machines = SpecOption.machines options
        let request = SpecOption.onMachines machines request

        let json = List.contains Json arguments
        let show = show json (page arguments) (SpecOption.overrides options) request file
        return fun () -> Command.onHardware json known machines show
    }
    |> Command.startOnce

let command = {
    Name = "plan"
    Arguments = "FILE [--gpus N] [--on NAME] [--html OUT]"
    Summary = "show devices, placement, actions and collectives of a run"
    Options = fun columns -> Options.usage<Argument> columns "plan"
    Run = start
}
