namespace ParDsl.Cli.Running

open ParDsl.Compiler.Hardware

/// How a run talks: a live display or lines, only the result, or JSON.
type RunVoice =
    | Spoken
    | Quiet
    | Json

/// What the command line of `pardsl run` says.
type RunRequest = {
    File: string
    /// The words of `--set`, and of `--seed`, which is one of them.
    Overrides: string list
    Devices: DeviceRequest
    Launch: JobStart.Settings
    Settings: TrainingRun.Settings
    Voice: RunVoice
}
