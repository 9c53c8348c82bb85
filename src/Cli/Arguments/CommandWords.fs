/// The words of a command line as they were written, with some options left out.
module ParDsl.Cli.Arguments.CommandWords

open System

let private isOption (word: string) = word.StartsWith '-'

/// Whether a word names a spec, or a script that makes one.
let isSpec (word: string) =
    word.EndsWith(".pd", StringComparison.Ordinal)
    || word.EndsWith(".fsx", StringComparison.Ordinal)

/// Whether an option stands among the words, with its value beside it or behind an equals sign.
let has (option: string) (words: string list) =
    words
    |> List.exists (fun word -> word = option || word.StartsWith(option + "=", StringComparison.Ordinal))

/// The value behind an option; none where there is no such option.
let rec valueOf (option: string) (words: string list) =
    match words with
    | word :: value :: _ when word = option -> Some value
    | word :: _ when word.StartsWith(option + "=", StringComparison.Ordinal) -> Some(word.Substring(option.Length + 1))
    | _ :: rest -> valueOf option rest
    | [] -> None

/// Without these options and their values. A spec is no value, since `--resume FILE` has none.
let rec without (options: string list) (words: string list) =
    match words with
    | [] -> []
    | word :: rest when List.contains word options ->
        match rest with
        | value :: rest when not (isOption value || isSpec value) -> without options rest
        | _ -> without options rest
    | word :: rest when
        options
        |> List.exists (fun option -> word.StartsWith(option + "=", StringComparison.Ordinal))
        ->
        without options rest
    | word :: rest -> word :: without options rest
