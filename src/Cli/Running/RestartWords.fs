/// What the processes of a job are told, so that a later start can go on with what an earlier one has saved: the run's
/// folder is fixed in advance.
module ParDsl.Cli.Running.RestartWords

open System
open System.Globalization
open System.IO
open ParDsl.Cli.Arguments
open ParDsl.Runtime.Checkpoints
open ParDsl.Runtime.Reporting

let private stamped name =
    let stamp =
        DateTimeOffset.Now.ToString("yyyy-MM-dd_HH-mm-ss", CultureInfo.InvariantCulture)

    Path.Combine(RunFolder.Runs, name, stamp)

/// The words of the first start, with the folder that the run will have.
let first name words =
    if CommandWords.has "--out" words || CommandWords.has "--resume" words then
        words
    else
        words @ [ "--out"; stamped name ]

/// What a process that was killed has left unfinished bears a hidden name, and is none.
let private hasCheckpoint folder =
    not (CheckpointFolder.List folder).IsEmpty

/// A run that ended before its first checkpoint starts anew, in a folder of its own. Where its folder is on another machine,
/// it is taken to have one.
let private goesOn folder =
    hasCheckpoint folder || not (Directory.Exists folder)

/// The run of a checkpoint that is named by its folder or by a link to it; none where it is no such name.
let private runOf (path: string) =
    let folder =
        path
        |> Path.TrimEndingDirectorySeparator
        |> Path.GetFullPath
        |> Path.GetDirectoryName

    if Directory.Exists path && Path.GetFileName folder = CheckpointFolder.Name then
        Option.ofObj (Path.GetDirectoryName folder)
    else
        None

/// Whether a run with these words has left a checkpoint on this machine. Resumed without a folder's name, it goes on from one.
let hasSaved words =
    match CommandWords.valueOf "--out" words, CommandWords.valueOf "--resume" words with
    | Some folder, _ -> hasCheckpoint folder
    | None, Some folder -> hasCheckpoint folder || (runOf folder).IsSome
    | None, None -> CommandWords.has "--resume" words

/// Where a start went on from a checkpoint by its name, a later one goes on from the newest that the run has by then.
let private fromNewest words =
    match CommandWords.valueOf "--resume" words |> Option.bind runOf with
    | Some run -> CommandWords.without [ "--resume" ] words @ [ "--resume"; run ]
    | None -> words

/// The words of a later start, from those of the one before.
let next (number: int) words =
    match CommandWords.valueOf "--out" words with
    | None -> fromNewest words
    | Some folder when goesOn folder ->
        CommandWords.without [ "--out"; "--init"; "--resume" ] words
        @ [ "--resume"; folder ]
    | Some folder ->
        CommandWords.without [ "--out" ] words
        @ [ "--out"; $"{folder}-start-{number + 1}" ]

/// What is left now of the time that the user gave to all starts together; none where there is no limit.
let timeLeft words =
    CommandWords.valueOf "--time-limit" words
    |> Option.bind (Options.time "--time-limit" >> Result.toOption)
    |> Option.map RunningTime.left

/// What a start is given at least: it sees by itself that this is too little.
let private leastSeconds = 0.001

/// The words of a start for which so much time is left.
let within (left: TimeSpan option) words =
    match left with
    | None -> words
    | Some left ->
        let seconds = max leastSeconds left.TotalSeconds

        CommandWords.without [ "--time-limit" ] words
        @ [
            "--time-limit"
            seconds.ToString("0.###", CultureInfo.InvariantCulture) + "s"
        ]
