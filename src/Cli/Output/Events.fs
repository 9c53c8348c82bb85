/// The lines of `--json`: one function an event. What each holds is a promise to the programs that read them.
module ParDsl.Cli.Output.Events

open ParDsl.Diagnostics
open ParDsl.Runtime
open ParDsl.Runtime.Training
open ParDsl.Runtime.Verifying
open ParDsl.Cli.Output.JsonLine

let diagnostic (diagnostic: Diagnostic) =
    let start, finish = diagnostic.Span.StartPosition, diagnostic.Span.EndPosition

    // A mistake without a place, such as a file that is not there, has no lines and columns.
    let place number =
        if diagnostic.Span.IsNowhere then
            Json.Null
        else
            Json.Integer(int64 number)

    JsonLine.print "diagnostic" [
        "code", Json.Text diagnostic.Code
        "severity",
        Json.Text(
            if diagnostic.Severity = Severity.Warning then
                "warning"
            else
                "error"
        )
        "file",
        (if diagnostic.Span.IsNowhere then
             Json.Null
         else
             Json.Text diagnostic.Span.File.Path)
        "line", place start.Line
        "column", place start.Column
        "endLine", place finish.Line
        "endColumn", place finish.Column
        "message", Json.Text diagnostic.Message
        "help", Json.Text diagnostic.Help
    ]

let step (report: StepReport) =
    JsonLine.print "step" [
        "step", Json.Integer report.Step
        "epoch", Json.Integer report.Epoch
        "loss", Json.Real report.Loss
        "learning_rate", Json.Real report.LearningRate
        "samples_per_second", Json.Real report.SamplesPerSecond
        for metric in report.Metrics do
            metric.Key, Json.Real metric.Value
    ]

let epoch (report: EpochReport) =
    JsonLine.print "epoch" [
        "epoch", Json.Integer report.Epoch
        "step", Json.Integer report.Step
        "seconds", Json.Real report.Seconds
        "samples_per_second", Json.Real report.SamplesPerSecond
        "train", JsonLine.numbers report.Train
        "validation", JsonLine.numbers report.Validation
    ]

/// What the run goes on from.
let resume (point: ResumePoint) =
    JsonLine.print "resume" [
        "checkpoint", Json.Text point.Checkpoint.Path
        "step", Json.Integer point.Checkpoint.State.Step
        "epoch", Json.Integer point.Checkpoint.State.Epoch
    ]

let finished (report: TrainingReport) =
    JsonLine.print "done" [
        "steps", Json.Integer report.Steps
        "epochs", Json.Integer report.Epochs
        "seconds", Json.Real report.Seconds
        "samples_per_second", Json.Real report.SamplesPerSecond
        "train", JsonLine.numbers report.Train
        "validation", JsonLine.numbers report.Validation
        "test", JsonLine.numbers report.Test
        "directory",
        (report.Directory
         |> Option.ofObj
         |> Option.map Json.Text
         |> Option.defaultValue Json.Null)
        "interrupted", Json.Flag report.WasInterrupted
    ]

/// A layout beside one device. Of one that did not run, `pass` and the differences are null, and `reason` says why with the
/// diagnostics' codes beside it.
let layout (words: string) (tolerance: double) outcome =
    let compared read =
        match outcome with
        | LayoutOutcome.Compared result -> read result
        | LayoutOutcome.DoesNotFit _
        | LayoutOutcome.Failed _ -> Json.Null

    let difference (found: Difference) = Json.Real found.Relative

    let pass =
        match outcome with
        | LayoutOutcome.Compared result -> Json.Flag result.Passes
        | LayoutOutcome.DoesNotFit _ -> Json.Null
        | LayoutOutcome.Failed _ -> Json.Flag false

    let reasons = LayoutOutcome.reasons outcome

    JsonLine.print "layout" [
        "layout", Json.Text words
        "loss_difference", compared (fun result -> difference result.Losses)
        "gradient_difference", compared (fun result -> difference result.Gradients)
        "gradient_parameter", compared (fun result -> Json.Text result.Gradients.Place)
        "weight_difference", compared (fun result -> difference result.Weights)
        "weight_parameter", compared (fun result -> Json.Text result.Weights.Place)
        "without_gradient", compared (fun result -> Json.List [ for name in result.WithoutGradient -> Json.Text name ])
        "partly_without_gradient",
        compared (fun result ->
            Json.Object [
                for part in result.PartlyWithoutGradient -> part.Key, Json.Integer part.Value
            ])
        "tolerance", Json.Real tolerance
        "pass", pass
        "planned_bytes", compared (fun result -> Json.Integer result.PlannedBytes)
        "moved_bytes", compared (fun result -> Json.Integer result.MovedBytes)
        "reason",
        (if reasons.IsEmpty then
             Json.Null
         else
             Json.Text(LayoutOutcome.reason outcome))
        "codes", Json.List [ for reason in reasons -> Json.Text reason.Code ]
    ]

/// A run that failed, and the rank that it failed on where there is one.
let error (failure: RunFailedException) =
    JsonLine.print "error" [
        "code", Json.Text failure.Diagnostic.Code
        "message", Json.Text failure.Diagnostic.Message
        match Option.ofObj failure.Rank with
        | Some rank ->
            "rank", Json.Integer(int64 rank.Rank)
            "device", Json.Text rank.Device
            "action", Json.Text rank.Action
        | None -> ()
    ]
