namespace ParDsl.Cli.Running

open ParDsl.Compiler.Hardware

/// What the command line of `pardsl verify` says.
type VerifyRequest = {
    File: string
    /// The words of `--set`, and of `--precision`, which is one of them.
    Overrides: string list
    /// None: the common ones.
    Layouts: string list option
    /// What each layout is laid over; one device is the first of them.
    Devices: DeviceRequest
    Steps: int64
    /// None: as the precision asks for.
    Tolerance: double option
    Json: bool
}
