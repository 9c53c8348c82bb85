namespace ParDsl.Cli.Output

open ParDsl.Runtime
open ParDsl.Runtime.Verifying

/// What became of one layout.
[<RequireQualifiedAccess>]
type LayoutOutcome =
    | Compared of LayoutResult
    /// The planner's reason why the spec cannot be laid out like that.
    | DoesNotFit of reason: string
    | Failed of RunFailedException

module LayoutOutcome =
    let passes outcome =
        match outcome with
        | LayoutOutcome.Compared result -> result.Passes
        | LayoutOutcome.DoesNotFit _
        | LayoutOutcome.Failed _ -> false

    let fits outcome =
        match outcome with
        | LayoutOutcome.DoesNotFit _ -> false
        | LayoutOutcome.Compared _
        | LayoutOutcome.Failed _ -> true
