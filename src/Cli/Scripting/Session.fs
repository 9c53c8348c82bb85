namespace ParDsl

open System
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Running
open ParDsl.Runtime.Building
open ParDsl.Runtime.Training

/// A training that a script drives step by step. It keeps its ranks and their memory until it is disposed of.
[<Sealed>]
type Session internal (session: TrainingSession) =
    /// Makes so many updates.
    member _.Step(count: int) : unit =
        ScriptStop.orExplain (fun () -> session.Step count)

    /// The last update's loss, the mean over its samples; not a number before the first.
    member _.Loss: float = session.Loss

    /// Trains on to the program's end.
    member _.Run() : TrainingReport =
        use interruption = new Interruption(false)

        let work observer =
            ScriptStop.orExplain (fun () -> session.Run(observer, interruption.Token))

        PlainDisplay.show Terminal.error work

    interface IDisposable with
        member _.Dispose() = session.Dispose()
