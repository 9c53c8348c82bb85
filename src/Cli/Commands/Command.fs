namespace ParDsl.Cli.Commands

open ParDsl.Cli
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Cli.Running
open ParDsl.Runtime

/// One command: `Run` takes the words behind its name and gives the exit code.
type Command = {
    Name: string
    /// What stands behind the name: `FILE [--gpus N]`.
    Arguments: string
    Summary: string
    /// The page of its options, for so many columns.
    Options: int -> string
    Run: string list -> int
}

module Command =
    let refuse (message: string) =
        JobLife.sayOnce (fun () -> Terminal.error $"pardsl: {message}")
        ExitCode.CommandLineIsWrong

    /// Runs the action on the hardware that a plan is made for and what there is to warn of, or says what is wrong with it.
    let onHardware json known machines action =
        try
            match FoundHardware.find known machines with
            | Ok found -> action found
            | Error mistake -> refuse mistake
        with :? RunFailedException as failure ->
            Findings.failure json failure

    /// Runs the action that the command line asks for, or says what is wrong with it.
    let start (reading: Result<unit -> int, string>) =
        match reading with
        | Ok action -> action ()
        | Error message -> refuse message

    /// The same for an action that meets no other process: of those that a launcher started together, the first one does it
    /// for all. The others end well, so that the job ends with the first one's exit code.
    let startOnce (reading: Result<unit -> int, string>) =
        let once action =
            fun () -> if JobLife.isFirst () then action () else ExitCode.Done

        reading |> Result.map once |> start
