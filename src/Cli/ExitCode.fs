/// The numbers that every command ends with, as the shell sees them.
module ParDsl.Cli.ExitCode

[<Literal>]
let Done = 0

/// The spec has a mistake, or `fmt --check` found a file that would change.
[<Literal>]
let SpecIsWrong = 1

[<Literal>]
let CommandLineIsWrong = 2

[<Literal>]
let RunFailed = 3

/// SIGTERM or the time limit, after a checkpoint: EX_TEMPFAIL of sysexits.h. Started again with `--resume`, it goes on.
[<Literal>]
let TryAgain = 75

/// Ctrl-C, after a checkpoint.
[<Literal>]
let Interrupted = 130
