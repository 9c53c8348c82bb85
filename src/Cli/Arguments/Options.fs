/// Takes the words behind a command's name, and gives Argu's reading of them or one line that says what is wrong. The
/// words are looked at before Argu is: its own messages are not for users.
module ParDsl.Cli.Arguments.Options

open System
open System.Globalization
open Argu
open ParDsl.Printing

/// What one option accepts: its names, and how many words follow it.
type private Known = {
    Names: string list
    ValueCount: int
    /// Whether the value may be left out: then Argu sees an empty one.
    IsOptional: bool
    Repeats: bool
}

let private knownOptions (parser: ArgumentParser<'template>) =
    parser.GetArgumentCases()
    |> List.filter (fun case -> not (List.isEmpty case.CommandLineNames.Value))
    |> List.map (fun case ->
        let fields = case.UnionCaseInfo.GetFields()

        {
            Names = case.CommandLineNames.Value
            ValueCount = fields.Length
            IsOptional = fields |> Array.exists (fun field -> field.PropertyType = typeof<string option>)
            Repeats = not case.IsUnique.Value
        })

let private isOption (word: string) =
    word.Length > 1 && word[0] = '-' && not (Char.IsDigit word[1])

/// `--gpus=4` as two words; an equals sign in a value (`--set a=b`) stays.
let private splitEquals (word: string) =
    match word.IndexOf '=' with
    | position when position > 2 && word.StartsWith("--", StringComparison.Ordinal) -> [
        word.Substring(0, position)
        word.Substring(position + 1)
      ]
    | _ -> [ word ]

/// Behind an option whose value may be left out: a spec is none.
let private hasValue words =
    match words with
    | word :: _ -> not (isOption word || CommandWords.isSpec word)
    | [] -> false

let private find known name =
    known |> List.tryFind (fun option -> List.contains name option.Names)

/// Walks over the words as Argu will, and gives them with `--a=b` split, or the first mistake.
let rec private inspect (command: string) known later seen words =
    match words with
    | [] -> Ok(List.rev seen)
    | word :: rest when not (isOption word) -> inspect command known later (word :: seen) rest
    | word :: rest ->
        match splitEquals word with
        | [ name; value ] when find known name |> Option.exists (fun option -> option.ValueCount = 0) ->
            Error(Mistake.flagWithValue name value)
        | parts -> inspectOption command known later seen (parts @ rest)

and private inspectOption command known later seen words =
    let name, rest = List.head words, List.tail words

    match find known name, rest with
    | None, _ when List.contains name later -> Error(Mistake.optionNotThereYet name)
    | None, _ -> Error(Mistake.unknownOption command (known |> Seq.collect _.Names) name)
    | Some option, _ when not option.Repeats && List.contains name seen -> Error(Mistake.repeatedOption name)
    | Some option, rest when option.IsOptional && not (hasValue rest) ->
        inspect command known later ("" :: name :: seen) rest
    | Some option, value :: rest when option.ValueCount = 1 && not (isOption value) ->
        inspect command known later (value :: name :: seen) rest
    | Some option, _ when option.ValueCount = 1 -> Error(Mistake.optionWithoutValue name)
    | Some _, _ -> inspect command known later (name :: seen) rest

/// Argu's words for a mistake, without its prefix and the usage that it adds.
let private firstLine (message: string) =
    let line = message.Split('\n')[0]
    line.Replace("ERROR: ", "").Trim()

let private readWithArgu<'template when 'template :> IArgParserTemplate> (command: string) later words =
    let parser =
        ArgumentParser.Create<'template>(programName = $"pardsl {command}", checkStructure = false)

    let read words =
        try
            Ok(parser.ParseCommandLine(Array.ofList words, raiseOnUsage = false).GetAllResults())
        with :? ArguParseException as problem ->
            Error(Mistake.other command (firstLine problem.Message))

    inspect command (knownOptions parser) later [] words |> Result.bind read

/// The cases in the order of the words. `bare` is the case of the words that stand without an option, and `later` names
/// the options that a later release brings. Argu is asked only where there is an option: it compiles regular expressions
/// when it starts, which takes a third of the time that `pardsl check FILE` has.
let parse<'template when 'template :> IArgParserTemplate> command (bare: string list -> 'template) later words =
    if List.exists isOption words then
        readWithArgu<'template> command later words
    else
        Ok [ bare words ]

/// A terminal wider than this makes the page no easier to read.
let private mostColumns = 100

/// Argu's page of a command's options; in a file it is 80 columns wide.
let usage<'template when 'template :> IArgParserTemplate> (columns: int) (command: string) =
    let columns =
        if columns = TextFold.Unbounded then
            80
        else
            min mostColumns columns

    ArgumentParser
        .Create<'template>(programName = $"pardsl {command}", checkStructure = false)
        .PrintUsage(usageStringCharacterWidth = columns)

/// A whole number of at least `least`, which 64 bits hold.
let whole option least (text: string) =
    match Int64.TryParse text with
    | true, number when number >= least -> Ok number
    | _ -> Error(Mistake.notWhole option text least)

/// The same for an option that may be left out.
let optionalWhole option least (text: string option) =
    match text with
    | None -> Ok None
    | Some text -> whole option least text |> Result.map Some

/// A number above 0 of an option that may be left out.
let optionalPositive option (text: string option) =
    let read (text: string) =
        match Double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture) with
        | true, number when number > 0.0 && Double.IsFinite number -> Ok(Some number)
        | _ -> Error(Mistake.notPositive option text)

    text |> Option.map read |> Option.defaultValue (Ok None)

/// `90min`, `2h`, `30s`: a time above 0.
let time option (text: string) =
    let units = [ "min", 60.0; "h", 3600.0; "s", 1.0 ]

    let read (unit: string, seconds) =
        match text.EndsWith(unit, StringComparison.Ordinal) with
        | false -> None
        | true ->
            match
                Double.TryParse(
                    text.Substring(0, text.Length - unit.Length).TrimEnd(),
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture
                )
            with
            | true, count when count > 0.0 && count * seconds < TimeSpan.MaxValue.TotalSeconds / 2.0 ->
                Some(TimeSpan.FromSeconds(count * seconds))
            | _ -> None

    match List.tryPick read units with
    | Some time -> Ok time
    | None -> Error(Mistake.notATime option text)

/// The same for an option that may be left out.
let optionalTime option (text: string option) =
    match text with
    | None -> Ok None
    | Some text -> time option text |> Result.map Some

/// The one file of a command that takes one.
let oneFile command (files: string list) =
    match files with
    | [] -> Error(Mistake.noFile command)
    | [ file ] -> Ok file
    | files -> Error(Mistake.tooManyFiles command files)
