namespace ParDsl.Cli.Pipeline

open ParDsl.Compiler
open ParDsl.Diagnostics

/// What the stages so far gave: a value where none of them found an error, and all their diagnostics.
type Stage<'value> = { Value: 'value option; Diagnostics: Diagnostic list }

module Stage =
    let ofValue value = { Value = Some value; Diagnostics = [] }

    let ofResult<'value when 'value: not struct and 'value: not null> (result: StageResult<'value>) : Stage<'value> = {
        Value = if result.HasErrors then None else Option.ofObj result.Value
        Diagnostics = List.ofSeq result.Diagnostics
    }

    /// The next stage, where this one gave a value; its diagnostics follow.
    let next step stage =
        match stage.Value with
        | None -> { Value = None; Diagnostics = stage.Diagnostics }
        | Some value ->
            let following = step value
            { following with Diagnostics = stage.Diagnostics @ following.Diagnostics }
