/// `pardsl diff A.pd B.pd`: says what two specs teach differently, and what they do differently to teach it.
module ParDsl.Cli.Commands.DiffCommand

open Argu
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Comparing
open ParDsl.Compiler.Printing

type Argument =
    | [<MainCommand>] Files of FILE: string list
    | [<Unique>] Gpus of N: string
    | [<Unique>] On of ``NAME[:COUNTxMACHINES]``: string
    | [<Unique>] Nodes of N: string
    | Set of ``KEY=VALUE``: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Files _ ->
                "the two specs to compare; the exit code is 0 whether they differ or not, and 1 where one is wrong."
            | Gpus _ -> "plan both for so many GPUs, on each machine."
            | On _ ->
                $"plan both for hardware that is not here: h100:8x16 is 16 machines of 8 H100. Known are {HardwareOption.names}."
            | Nodes _ -> "plan both for so many machines like this one."
            | Set _ -> "change a `let` or an argument in both: --set train.batch=256."
            | Json -> "print the differences as JSON, in one line."

let private show json overrides request before after (hardware, warnings) =
    let plans =
        [ before; after ]
        |> List.map (fun file -> Spec.plan file overrides hardware request)

    Findings.print json (warnings @ List.collect _.Diagnostics plans)

    match plans |> List.choose _.Value with
    | [ first; second ] ->
        let comparison = PlanComparison.Of(first, second)

        if json then
            Terminal.output (ComparisonJson.Write(comparison, before, after))
        else
            ComparisonPrinter.Print(comparison, before, after, Terminal.outputColumns ()).TrimEnd '\n'
            |> Terminal.tell

        ExitCode.Done
    | _ -> ExitCode.SpecIsWrong

let private spec argument =
    match argument with
    | Files values -> Some(SpecOption.Files values)
    | Gpus value -> Some(SpecOption.Gpus value)
    | On value -> Some(SpecOption.On value)
    | Nodes value -> Some(SpecOption.Machines("--nodes", value))
    | Set value -> Some(SpecOption.Set value)
    | Json -> None

let private twoFiles options =
    match SpecOption.files options with
    | [ before; after ] -> Ok(before, after)
    | files -> Error(Mistake.notTwoFiles "diff" files)

let private start words =
    result {
        let! arguments = Options.parse "diff" Files [] words
        let options = List.choose spec arguments
        let! before, after = twoFiles options
        let! request = SpecOption.deviceRequest options
        let! known = SpecOption.knownHardware options
        let! machines = SpecOption.machines options
        let request = SpecOption.onMachines machines request
        let json = List.contains Json arguments
        let show = show json (SpecOption.overrides options) request before after
        return fun () -> Command.onHardware json known machines show
    }
    |> Command.startOnce

let command = {
    Name = "diff"
    Arguments = "A.pd B.pd [--gpus N] [--on NAME]"
    Summary = "say what differs between two specs, in learning and in execution"
    Options = fun columns -> Options.usage<Argument> columns "diff"
    Run = start
}
