/// An exception that no stage expected: a mistake of ParDsl's, not of the user's. Its details go to a file.
module ParDsl.Cli.Bug

open System
open System.IO
open ParDsl.Cli.Output

/// Shows the stack trace too, for those who mend ParDsl.
let private traceVariable = "PARDSL_TRACE"

let private writeLog (problem: exn) =
    let path =
        Path.Combine(Path.GetTempPath(), $"pardsl-bug-{Environment.ProcessId}.log")

    try
        File.WriteAllText(path, string problem)
        $"its details are in {path}"
    with
    | :? IOException
    | :? UnauthorizedAccessException -> $"{traceVariable}=1 shows its details"

let report (problem: exn) =
    let place = writeLog problem
    Terminal.error $"pardsl: this is a bug in ParDsl ({problem.GetType().Name}): {problem.Message}"
    Terminal.error $"pardsl: {place}"

    if Environment.GetEnvironmentVariable traceVariable = "1" then
        Terminal.error (string problem)

    ExitCode.RunFailed
