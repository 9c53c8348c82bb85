/// What is left of a time that counts from this process's start.
module ParDsl.Cli.Running.RunningTime

open System
open System.Diagnostics

/// Nothing where it is over.
let left (limit: TimeSpan) =
    use self = Process.GetCurrentProcess()
    max TimeSpan.Zero (limit - (DateTime.UtcNow - self.StartTime.ToUniversalTime()))
