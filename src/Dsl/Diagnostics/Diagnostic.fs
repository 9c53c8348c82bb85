namespace ParDsl.Diagnostics

open System.Collections.Generic
open ParDsl.Source

type Severity =
    | Error = 0
    | Warning = 1

/// A second place that a message speaks of, with a few words for it: "the target has 5 values".
type RelatedSpan = { Span: SourceSpan; Label: string }

/// One mistake of the user's, found before or during a run. An empty `Label` or `Help` is left out of the screen.
type Diagnostic = {
    /// PD1xxx syntax, PD2xxx names and arguments, PD3xxx shapes and types, PD4xxx plan, PD5xxx run.
    Code: string
    Severity: Severity
    /// What the carets underline.
    Span: SourceSpan
    /// The words beside the carets.
    Label: string
    /// One sentence: what was found and what was expected, with the arithmetic.
    Message: string
    /// Code or a command that mends it.
    Help: string
    Related: IReadOnlyList<RelatedSpan>
}

module Diagnostic =
    /// An error at a place, with no label, help or second place yet.
    let error code span message : Diagnostic = {
        Code = code
        Severity = Severity.Error
        Span = span
        Label = ""
        Message = message
        Help = ""
        Related = []
    }
