namespace ParDsl.Cli.Running

open System
open System.Runtime.InteropServices
open System.Threading
open ParDsl.Runtime.Launching

/// Ctrl-C and SIGTERM; in a job SIGUSR1 and SIGUSR2 too, as which Open MPI's launcher hands them on. Before the run begins the first one ends the process, since nothing can be lost yet; later the
/// first asks for a clean stop, and the second ends the process.
/// A process of a job that is not the first is silent: the first one speaks for all.
type Interruption(isSilent: bool) =
    let source = new CancellationTokenSource()
    let mutable count = 0
    let mutable takeBack: (unit -> unit) option = None

    let abandon (undo: unit -> unit) =
        undo ()

        if not isSilent then
            Console.Error.WriteLine "interrupted before the first step: the run has left no files"

        ProcessEnd.now ParDsl.Cli.ExitCode.Interrupted

    let handle (context: PosixSignalContext) =
        context.Cancel <- true

        match Interlocked.Increment &count, Volatile.Read &takeBack with
        | 1, Some undo -> abandon undo
        | 1, None -> source.Cancel()
        | _ -> ProcessEnd.now ParDsl.Cli.ExitCode.Interrupted

    let registrations = [
        for signal in PosixSignal.SIGINT :: PosixSignal.SIGTERM :: List.ofSeq LaunchSignals.HandedOn do
            PosixSignalRegistration.Create(signal, handle)
    ]

    member _.Token = source.Token
    member _.IsAskedToStop = source.IsCancellationRequested

    /// Prepares the run: reads its data, starts its ranks. A signal meanwhile calls `undo` and ends the process.
    member _.Preparing (undo: unit -> unit) (prepare: unit -> 'prepared) =
        Volatile.Write(&takeBack, Some undo)

        try
            prepare ()
        finally
            Volatile.Write(&takeBack, None)

    interface IDisposable with
        member _.Dispose() =
            for registration in registrations do
                registration.Dispose()

            source.Dispose()
