/// What the processes of a job are told, so that a later start can go on with what an earlier one has saved: the run's
/// folder is fixed in advance.
module ParDsl.Cli.Running.RestartWords

open System
open System.Globalization
open System.IO
open ParDsl.Cli.Arguments
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

let private hasCheckpoint folder =
    let checkpoints = Path.Combine(folder, "checkpoints")

    Directory.Exists checkpoints
    && not (Seq.isEmpty (Directory.EnumerateDirectories checkpoints))

/// A run that ended before its first checkpoint starts anew, in a folder of its own. Where its folder is on another machine,
/// it is taken to have one.
let private goesOn folder =
    hasCheckpoint folder || not (Directory.Exists folder)

/// The words of a later start, from those of the one before.
let next (number: int) words =
    match CommandWords.valueOf "--out" words with
    | None -> words
    | Some folder when goesOn folder ->
        CommandWords.without [ "--out"; "--init"; "--resume" ] words
        @ [ "--resume"; folder ]
    | Some folder ->
        CommandWords.without [ "--out" ] words
        @ [ "--out"; $"{folder}-start-{number + 1}" ]
