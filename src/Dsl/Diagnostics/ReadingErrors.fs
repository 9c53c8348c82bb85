/// Every mistake in reaching a file's text, one function each: PD1001 to PD1006.
module ParDsl.Diagnostics.ReadingErrors

open ParDsl.Source

let private error code message help = { Diagnostic.error code SourceSpan.Nowhere message with Help = help }

let private noFileIsNear = "give the path of a `.pd` file: `pardsl check FILE`"

let missingFile path (near: string seq) =
    let help =
        match Suggestion.inWords near with
        | "" -> noFileIsNear
        | names -> $"did you mean {names}?"

    error "PD1001" $"there is no file `{path}`" help

/// No name is near: the help tells what is there.
let missingFileBeside path (others: string seq) =
    error "PD1001" $"there is no file `{path}`" $"the folder has {Suggestion.inWords others}"

/// Data lie beside a spec, and its name is the run's: a pipe has neither.
let standardInput =
    error
        "PD1001"
        "a spec is read from a file, and `-` is none"
        "write it to a file: only `pardsl fmt -` reads standard input"

/// Whether a file is missing and no other has a name like it: the help is then for who typed a command.
let isMissingWithoutNear (reading: Diagnostic) =
    reading.Code = "PD1001" && reading.Help = noFileIsNear

let directoryForFile path (inside: string seq) =
    let help =
        match Suggestion.inWords inside with
        | "" -> "give the path of a `.pd` file; there is none in this folder"
        | names -> $"give the file itself: {names}"

    error "PD1002" $"`{path}` is a folder, and a `.pd` file was expected" help

let emptyFile path =
    error
        "PD1003"
        $"there is no statement in `{path}`"
        "a spec has four blocks:\ndata { ... }\nmodel { ... }\ntrain { ... }\nparallel { ... }"

let isEmpty (reading: Diagnostic) = reading.Code = "PD1003"

let binaryFile path (offset: int) =
    error
        "PD1004"
        $"`{path}` is not a text file: its byte {offset} is not UTF-8 text"
        "give a `.pd` file, saved as UTF-8; data files are named inside it: `source csv \"digits.csv\"`"

let fileTooLarge path (limitBytes: int64) =
    error
        "PD1005"
        $"`{path}` has more than {limitBytes / 1048576L} MiB, the most that a spec may have"
        "keep the data in files of its own and name them in the spec: `source csv \"digits.csv\"`"

let unreadableFile path (reason: string) =
    error "PD1006" $"`{path}` cannot be read: {reason}" $"look at its permissions: `ls -l {path}`"
