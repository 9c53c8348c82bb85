/// Ends the process at once: what native libraries would wait for at an orderly exit, threads at work or processes that are
/// gone, is not waited for.
module ParDsl.Cli.Running.ProcessEnd

open System
open System.Runtime.InteropServices

module private Native =
    [<DllImport "libc">]
    extern void _exit(int code)

let private showCursorAgain = "\u001b[?25h\n"

let now (exitCode: int) =
    if not Console.IsErrorRedirected then
        Console.Error.Write showCursorAgain

    Console.Out.Flush()
    Console.Error.Flush()
    Native._exit exitCode
