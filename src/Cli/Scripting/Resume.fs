namespace ParDsl

/// Whether a run goes on where an earlier one stopped.
[<RequireQualifiedAccess>]
type Resume =
    /// It begins.
    | Never
    /// From the newest checkpoint of the newest run of the program's name.
    | Newest
    /// From a run's folder, or a checkpoint's.
    | From of string
