/// The words of the command line come in, the exit code goes out.
module ParDsl.Cli.Program

open System.Reflection
open ParDsl.Cli.Arguments
open ParDsl.Cli.Commands
open ParDsl.Cli.Output
open ParDsl.Runtime.Launching

let private version () =
    match Assembly.GetExecutingAssembly().GetName().Version with
    | null -> "pardsl"
    | version -> $"pardsl {version.ToString 3}"

let private isHelp word =
    List.contains word [ "--help"; "-h"; "help" ]

let private say text =
    Terminal.tell text
    ExitCode.Done

let private refuseCommand (word: string) =
    let mistake =
        if List.contains word Commands.later then
            Mistake.commandNotThereYet word
        elif word.StartsWith '-' then
            Mistake.unknownGlobalOption word
        else
            Mistake.unknownCommand (Commands.all |> List.map _.Name) word

    Command.refuse mistake

let private runCommand word rest =
    match Commands.all |> List.tryFind (fun command -> command.Name = word) with
    | None -> refuseCommand word
    | Some command when rest |> List.exists (fun word -> word = "--help" || word = "-h") ->
        Terminal.output (command.Options(Terminal.outputColumns ()).TrimEnd())
        ExitCode.Done
    | Some command -> command.Run rest

/// What `run` starts itself as, to become the launcher of a job: no command of users'.
let private become (words: string list) =
    match words with
    | starter :: program :: rest ->
        BoundProcess.Become(int starter, program, Array.ofList rest)
        Terminal.error $"{program}: cannot be started"
    | _ -> ()

    ExitCode.RunFailed

let private run words =
    match words with
    | [] ->
        Terminal.error (Help.text (Terminal.errorColumns ()) Commands.all)
        ExitCode.CommandLineIsWrong
    | "--version" :: _ -> say (version ())
    | JobLaunch.BecomeWord :: rest -> become rest
    | word :: _ when isHelp word -> say (Help.text (Terminal.outputColumns ()) Commands.all)
    | word :: rest -> runCommand word rest

[<EntryPoint>]
let main words =
    Terminal.drawNothingForLaunchers ()

    try
        run (List.ofArray words)
    with problem ->
        Bug.report problem
