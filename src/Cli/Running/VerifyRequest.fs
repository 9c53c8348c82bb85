namespace ParDsl.Cli.Running

/// What the command line of `pardsl verify` says.
type VerifyRequest = {
    File: string
    /// The words of `--set`, and of `--precision`, which is one of them.
    Overrides: string list
    /// None: the common ones.
    Layouts: string list option
    Steps: int64
    /// None: as the precision asks for.
    Tolerance: double option
    Json: bool
}
