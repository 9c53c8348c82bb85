namespace ParDsl.Cli.Display

open System.Diagnostics
open ParDsl.Runtime.Training

/// Keeps the latest progress for a display that looks at it from another thread.
type ProgressRecorder() =
    let gate = obj ()
    let mutable progress = RunProgress.nothing

    let change update =
        lock gate (fun () -> progress <- update progress)

    member _.Latest = lock gate (fun () -> progress)

    interface ITrainingObserver with
        member _.Started start =
            change (fun progress -> { progress with Start = Some start; Clock = Stopwatch.StartNew() })

        member _.StepDone step =
            change (fun progress -> { progress with Step = Some step })

        member _.EpochDone epoch =
            change (fun progress -> { progress with Epochs = epoch :: progress.Epochs })

        member _.Finished _ = ()
