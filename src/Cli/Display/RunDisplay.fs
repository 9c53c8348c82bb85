namespace ParDsl.Cli.Display

open System
open System.Threading
open ParDsl.Runtime.Training

/// How a run is shown: the work is given an observer, on a thread of its own or on this one, and its report comes back.
type RunDisplay = (ITrainingObserver -> TrainingReport) -> TrainingReport

module RunDisplay =
    /// Nothing until the end.
    let quiet: RunDisplay =
        fun work ->
            work
                {
                    new ITrainingObserver with
                        member _.Started _ = ()
                        member _.StepDone _ = ()
                        member _.EpochDone _ = ()
                        member _.Finished _ = ()
                }
