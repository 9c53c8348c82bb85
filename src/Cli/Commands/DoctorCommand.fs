/// `pardsl doctor`: prints what a run needs and what is here, or on each of several machines, with a remedy for each problem.
module ParDsl.Cli.Commands.DoctorCommand

open Argu
open ParDsl.Cli.Arguments
open ParDsl.Cli.Display
open ParDsl.Cli.Running
open ParDsl.Runtime.Doctor

type Argument =
    | [<MainCommand>] Words of WORD: string list
    | [<Unique>] Hosts of LIST: string
    | [<Unique>] Hostfile of FILE: string
    | [<Unique>] Launcher of PATH: string

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Words _ -> "none."
            | Hosts _ -> "examine these machines, and the network between them: a,b."
            | Hostfile _ -> "the same, named in a file."
            | Launcher _ -> "the mpirun or mpiexec that reaches them, instead of the first on PATH."

let private here () =
    let findings = List.ofSeq (Examination.Run())
    DoctorTable.print findings
    DoctorTable.close findings

let private machines (arguments: Argument list) =
    MachineOptions.read [
        for argument in arguments do
            match argument with
            | Hosts list -> "--hosts", list
            | Hostfile file -> "--hostfile", file
            | Words _
            | Launcher _ -> ()
    ]

let private launcher (arguments: Argument list) =
    arguments
    |> List.tryPick (function
        | Launcher path -> Some path
        | _ -> None)

let private words (arguments: Argument list) =
    arguments
    |> List.collect (function
        | Words values -> values
        | _ -> [])

/// Started several times by a launcher, it examines the machines together.
let private examine request launcher () =
    JobLife.explained false (fun () ->
        match JobLife.sizeAndRank (), List.ofSeq (MachineOptions.hostsOf request) with
        | (size, _), _ when size > 1 -> MachineDoctor.inJob ()
        | _, [] -> here ()
        | _, hosts -> MachineDoctor.over hosts launcher)

let private start given =
    result {
        let! arguments = Options.parse "doctor" Words [] given

        match words arguments, launcher arguments with
        | [], launcher ->
            let! request = machines arguments
            return examine request launcher
        | words, _ -> return! Error(Mistake.tooManyWords "doctor" words)
    }
    |> Command.start

let command = {
    Name = "doctor"
    Arguments = "[--hosts a,b]"
    Summary = "say what a run needs, what is here, and how to mend what is not"
    Options = fun columns -> Options.usage<Argument> columns "doctor"
    Run = start
}
