namespace ParDsl.Cli.Display

open System.Diagnostics
open ParDsl.Runtime.Training

/// What is known of a run at one moment.
type RunProgress = {
    Start: RunStart option
    Step: StepReport option
    Epochs: EpochReport list
    /// Since the first step began.
    Clock: Stopwatch
}

module RunProgress =
    let nothing = {
        Start = None
        Step = None
        Epochs = []
        Clock = Stopwatch()
    }

    let epochCount (start: RunStart) =
        (start.TotalSteps + start.StepsPerEpoch - 1L) / max 1L start.StepsPerEpoch

    let fraction progress =
        match progress.Start, progress.Step with
        | Some start, Some step when start.TotalSteps > 0L -> double step.Step / double start.TotalSteps
        | _ -> 0.0

    /// By the mean of this process's steps so far, so that it does not jump; evaluations are in it.
    let secondsLeft progress =
        match progress.Start, progress.Step with
        | Some start, Some step when step.Step > start.CompletedSteps ->
            let perStep =
                progress.Clock.Elapsed.TotalSeconds / double (step.Step - start.CompletedSteps)

            Some(perStep * double (start.TotalSteps - step.Step))
        | _ -> None
