/// Progress for a file or a pipe: a line when the data is there, one per epoch, and one about every ten seconds.
module ParDsl.Cli.Display.PlainDisplay

open System
open ParDsl.Runtime.Training

let private secondsBetweenLines = 10.0

let private epochLine (total: int64) (epoch: EpochReport) =
    let validation =
        if epoch.Validation.IsEmpty then
            ""
        else
            $"; validation {Figures.measures epoch.Validation}"

    $"epoch {epoch.Epoch}/{total}: {Figures.measures epoch.Train}{validation}; "
    + $"{Figures.duration epoch.Seconds}, {Figures.rate epoch.SamplesPerSecond}"

let private stepLine (start: RunStart) (progress: RunProgress) (step: StepReport) =
    let metrics =
        Figures.inOrder step.Metrics |> List.filter (fun (key, _) -> key <> "loss")

    let measured = ("loss", step.Loss) :: metrics

    let figures =
        measured
        |> List.map (fun (key, value) -> $"{Figures.name key} {Figures.value key value}")

    let left =
        RunProgress.secondsLeft progress
        |> Option.map (fun seconds -> $", {Figures.remaining seconds} left")
        |> Option.defaultValue ""

    $"epoch {step.Epoch}/{RunProgress.epochCount start}, step {step.Step}/{start.TotalSteps}: "
    + String.Join(", ", figures)
    + $", {Figures.rate step.SamplesPerSecond}{left}"

/// Lines go to `write`, which is called from the run's thread.
let show (write: string -> unit) : RunDisplay =
    let recorder = ProgressRecorder()
    let lastLine = ref 0.0

    let stepDone (step: StepReport) =
        let progress = recorder.Latest
        let now = progress.Clock.Elapsed.TotalSeconds

        match progress.Start with
        | Some start when now - lastLine.Value >= secondsBetweenLines && step.Step < start.TotalSteps ->
            lastLine.Value <- now
            write (stepLine start progress step)
        | _ -> ()

    let record = recorder :> ITrainingObserver

    fun work ->
        work
            {
                new ITrainingObserver with
                    member _.Started start =
                        record.Started start
                        write (Opening.ofStart start)

                    member _.StepDone step =
                        record.StepDone step
                        stepDone step

                    member _.EpochDone epoch =
                        record.EpochDone epoch
                        let total = recorder.Latest.Start |> Option.map RunProgress.epochCount
                        write (epochLine (Option.defaultValue epoch.Epoch total) epoch)

                    member _.Finished _ = ()
            }
