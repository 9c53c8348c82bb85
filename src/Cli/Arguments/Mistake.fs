/// What is said of a wrong command line: one function a mistake, one line each. All of them end with exit code 2.
module ParDsl.Cli.Arguments.Mistake

open System
open ParDsl.Compiler.Hardware.Known
open ParDsl.Diagnostics

let private meant (candidates: string seq) word otherwise =
    match Suggestion.nearest candidates word with
    | near when near.Count > 0 -> $"did you mean {Suggestion.inWords near}?"
    | _ -> otherwise

let private quoted (words: string list) =
    words |> List.map (fun word -> $"`{word}`") |> String.concat ", "

let unknownCommand commands word =
    let hint = meant commands word "`pardsl --help` lists them"
    $"there is no command `{word}`; {hint}"

let commandNotThereYet word =
    $"`pardsl {word}` is not there yet: a later release brings it"

let unknownOption command options word =
    let hint = meant options word $"`pardsl {command} --help` lists them"
    $"`pardsl {command}` has no option `{word}`; {hint}"

let unknownGlobalOption word =
    let hint =
        meant [ "--help"; "--version" ] word "a command comes first: pardsl run FILE"

    $"there is no option `{word}`; {hint}"

let optionNotThereYet option =
    $"`{option}` is not there yet: a later release brings it"

let optionWithoutValue option = $"`{option}` needs a value behind it"

let flagWithValue option value =
    $"`{option}` takes no value, and `{value}` was given"

let repeatedOption option = $"`{option}` is given more than once"

let noFile command =
    $"`pardsl {command}` needs a file: pardsl {command} FILE"

let tooManyFiles command (files: string list) =
    $"`pardsl {command}` takes one file, and here are {files.Length}: {quoted files}"

let notTwoFiles command (files: string list) =
    let verb = if files.Length = 1 then "is" else "are"
    $"`pardsl {command}` compares two files, and {files.Length} {verb} given: pardsl {command} A.pd B.pd"

let tooManyWords command words =
    $"`pardsl {command}` cannot use {quoted words}"

let notWhole option (text: string) (least: int64) =
    $"`{option}` needs a whole number from {least} on, and `{text}` is none"

let notPositive option (text: string) =
    $"`{option}` needs a number above 0, and `{text}` is none"

let notATime option (text: string) =
    $"`{option}` needs a time with its unit, such as 2h, 90min or 30s, and `{text}` is none"

let optionWithout option (needed: string) =
    $"`{option}` has nothing to say without `{needed}`"

let bothInitAndResume =
    "`--init` begins a run from weights and `--resume` goes on with one: give one of them"

let notADeviceList (text: string) =
    $"`--devices` needs different GPU numbers with commas between them, such as 0,2, and `{text}` is something else"

let bothGpusAndDevices =
    "`--gpus` and `--devices` both choose the devices: give one of them"

let tooMany option (most: int64) (text: string) =
    $"`{option}` needs a whole number up to {most}, and `{text}` is more"

let notAHostList (what: string) =
    $"`--hosts` needs machines with commas between them, such as a,b or a:4,b:4, and {what}"

let processesElsewhere (other: string) =
    $"`--processes` starts them on this machine, and `{other}` is about several: give one of them"

let hostsTwice =
    "`--hosts` and `--hostfile` both name the machines: give one of them"

let otherHosts nodes hosts =
    $"`--nodes {nodes}` and the {hosts} machines of `--hosts` are not as many: leave out `--nodes`"

let moreProcessesThanGpus processes gpus =
    $"`--processes {processes}` needs as many GPUs, one each, and this machine has {gpus}: write `--processes {gpus}`"

let unknownHardware (names: string list) word =
    let hint = meant names word $"known are {quoted names}"
    $"`--on` knows no hardware `{word}`; {hint}"

let private units (machine: IKnownMachine) count =
    if count = 1 then
        $"1 {machine.Unit}"
    else
        $"{count} {machine.Unit}s"

let notAShape (machine: IKnownMachine) (text: string) =
    $"`--on {text}` needs whole numbers behind the colon: `{machine.Name}:8` is a machine of {units machine 8}, "
    + $"`{machine.Name}:8x16` is 16 such machines"

let largerThanAMachine (machine: IKnownMachine) each machines =
    let all = int64 each * int64 machines

    let needed =
        min ((all + int64 machine.Most - 1L) / int64 machine.Most) (int64 KnownHardware.MostMachines)

    $"a machine of `{machine.Name}` has at most {units machine machine.Most}, and here are {each}: "
    + $"write `--on {machine.Name}:{machine.Most}x{needed}`"

let tooManyMachines (machine: IKnownMachine) each =
    $"`--on` plans for at most {KnownHardware.MostMachines} machines: "
    + $"write `--on {machine.Name}:{each}x{KnownHardware.MostMachines}`"

let onBeside (option: string) =
    $"`--on` says how many machines there are, and so does `{option}`: leave it out"

let launchedAgain option =
    $"this process is part of a job that is started already, and `{option}` starts one: leave it out"

let startsNoJob option =
    $"`{option}` is about a job of several processes: it goes with `--nodes`, `--hosts`, `--hostfile` or `--processes`"

let private stages = [ "syntax"; "checked"; "plan" ]

let unknownStage word =
    let hint = meant stages word "write syntax, checked or plan"
    $"`pardsl show` knows no stage `{word}`; {hint}"

let noStage =
    "`pardsl show` needs a stage and a file: pardsl show syntax|checked|plan FILE"

/// The codes with the same first digits are near too: PD3099 is about shapes, as PD3004 is.
let unknownCode (codes: string list) (word: string) =
    let shared (code: string) =
        Seq.zip code (word.ToUpperInvariant())
        |> Seq.takeWhile (fun (left, right) -> left = right)
        |> Seq.length

    let near =
        codes |> List.sortBy (fun code -> -(shared code), code) |> List.truncate 3

    $"there is no diagnostic `{word}`; the nearest are {Suggestion.inWords near}; `pardsl explain` lists all"

/// Argu found something that the checks before it did not name.
let other command (message: string) =
    $"`pardsl {command}` cannot read its arguments: {message}"
