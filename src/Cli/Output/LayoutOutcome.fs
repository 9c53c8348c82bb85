namespace ParDsl.Cli.Output

open ParDsl.Diagnostics
open ParDsl.Runtime
open ParDsl.Runtime.Verifying

/// What became of one layout.
[<RequireQualifiedAccess>]
type LayoutOutcome =
    | Compared of LayoutResult
    /// The planner's mistakes, which say why the spec cannot be laid out like that.
    | DoesNotFit of Diagnostic list
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

    /// Why there are no differences to show.
    let reasons outcome =
        match outcome with
        | LayoutOutcome.Compared _ -> []
        | LayoutOutcome.DoesNotFit mistakes -> mistakes
        | LayoutOutcome.Failed failure -> [ failure.Diagnostic ]

    /// The same as one line of text.
    let reason outcome =
        reasons outcome |> List.map _.Message |> String.concat "; "
