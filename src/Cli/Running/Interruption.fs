namespace ParDsl.Cli.Running

open System
open System.Runtime.InteropServices
open System.Threading

module private Native =
    /// Ends the process without the exit handlers of native libraries, which would wait for threads at work.
    [<DllImport "libc">]
    extern void _exit(int code)

/// Ctrl-C and SIGTERM while a run goes on: the first asks for a clean stop, the second ends the process.
type Interruption() =
    let source = new CancellationTokenSource()
    let mutable count = 0

    let showCursorAgain = "\u001b[?25h\n"

    let handle (context: PosixSignalContext) =
        context.Cancel <- true

        if Interlocked.Increment &count = 1 then
            source.Cancel()
        else
            if not Console.IsErrorRedirected then
                Console.Error.Write showCursorAgain

            Native._exit ParDsl.Cli.ExitCode.Interrupted

    let interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, handle)
    let terminates = PosixSignalRegistration.Create(PosixSignal.SIGTERM, handle)

    member _.Token = source.Token
    member _.IsAskedToStop = source.IsCancellationRequested

    interface IDisposable with
        member _.Dispose() =
            interrupts.Dispose()
            terminates.Dispose()
            source.Dispose()
