/// Progress for a program: every step and epoch as a line of JSON on standard output.
module ParDsl.Cli.Display.JsonDisplay

open ParDsl.Cli.Output
open ParDsl.Runtime.Training

let show: RunDisplay =
    fun work ->
        work
            {
                new ITrainingObserver with
                    member _.Started _ = ()
                    member _.StepDone step = Terminal.output (Events.step step)
                    member _.EpochDone epoch = Terminal.output (Events.epoch epoch)

                    member _.Finished report =
                        Terminal.output (Events.finished report)
            }
