namespace ParDsl.Cli.Running

open System
open System.Runtime.InteropServices
open System.Threading
open ParDsl.Cli
open ParDsl.Runtime.Launching

/// Ctrl-C and SIGTERM; in a job SIGUSR1 and SIGUSR2 too, as which Open MPI's launcher hands them on. Before the run begins the
/// first one ends the process, since nothing can be lost yet; later the first asks for a clean stop, and the second ends the
/// process.
/// A process of a job that is not the first is silent: the first one speaks for all.
type Interruption(isSilent: bool) =
    let source = new CancellationTokenSource()
    let mutable count = 0
    // Without a signal of its own it was another process, a scheduler's or the time, that ended the run.
    let mutable exitCode = ExitCode.TryAgain
    let mutable takeBack: (unit -> string) option = None

    let abandon (undo: unit -> string) =
        let left = undo ()

        if not isSilent then
            Console.Error.WriteLine $"interrupted before the first step: {left}"

        ProcessEnd.now exitCode

    let handle code (context: PosixSignalContext) =
        context.Cancel <- true
        Volatile.Write(&exitCode, code)

        match Interlocked.Increment &count, Volatile.Read &takeBack with
        | 1, Some undo -> abandon undo
        | 1, None -> source.Cancel()
        | _ -> ProcessEnd.now code

    let on code signals = [
        for signal in signals do
            PosixSignalRegistration.Create(signal, handle code)
    ]

    let registrations =
        on ExitCode.Interrupted [ PosixSignal.SIGINT; LaunchSignals.HandedOn[0] ]
        @ on ExitCode.TryAgain [ PosixSignal.SIGTERM; LaunchSignals.HandedOn[1] ]

    member _.Token = source.Token
    member _.IsAskedToStop = source.IsCancellationRequested

    /// What the process ends with where it was asked to stop: who sent SIGTERM may start it again.
    member _.ExitCode = Volatile.Read &exitCode

    /// Prepares the run: reads its data, starts its ranks. A signal meanwhile calls `undo`, which says what is left, and
    /// ends the process.
    member _.Preparing (undo: unit -> string) (prepare: unit -> 'prepared) =
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
