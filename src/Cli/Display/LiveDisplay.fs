/// Progress on a terminal, redrawn in place. The run has a thread of its own, so that drawing never holds a rank up.
module ParDsl.Cli.Display.LiveDisplay

open System
open System.IO
open System.Runtime.ExceptionServices
open System.Threading
open ParDsl.Cli.Output
open ParDsl.Runtime.Training

/// Ten times a second looks alive and costs nothing.
let private millisecondsBetweenFrames = 100

/// A terminal that went away is none to tell it to.
let private unlessGone (write: unit -> unit) =
    try
        write ()
    with :? IOException ->
        ()

/// A display that cannot draw (a terminal that went away) says so once and leaves the run alone.
let private drawing (draw: unit -> unit) =
    let mutable isBroken = false

    fun () ->
        if not isBroken then
            try
                draw ()
            with problem ->
                isBroken <- true

                unlessGone (fun () ->
                    Terminal.error $"note: the display stopped ({problem.GetType().Name}); the run goes on without it")

/// Starts the work, calls `draw` until it has ended, and gives its report or throws its exception as it was thrown.
let private whileWorking (draw: unit -> unit) (work: unit -> TrainingReport) =
    let outcome: Result<TrainingReport, ExceptionDispatchInfo> option ref = ref None

    let body () =
        outcome.Value <-
            try
                Some(Ok(work ()))
            with problem ->
                Some(Error(ExceptionDispatchInfo.Capture problem))

    let thread = Thread(body, Name = "run", IsBackground = true)
    thread.Start()

    while not (thread.Join millisecondsBetweenFrames) do
        draw ()

    outcome.Value

/// `isStopping` says whether Ctrl-C was pressed.
let show (isStopping: unit -> bool) : RunDisplay =
    fun work ->
        let recorder = ProgressRecorder()

        let screen =
            LiveScreen(Terminal.errorColumns, Terminal.windowRows, Console.Error.Write)

        let draw =
            drawing (fun () ->
                let columns = Terminal.errorColumns ()
                let frame = LiveView.frame columns (isStopping ()) recorder.Latest
                screen.Draw(List.ofArray ((Terminal.drawn true columns frame).Split '\n')))

        draw ()
        let outcome = whileWorking draw (fun () -> work recorder)
        unlessGone screen.Clear

        match outcome with
        | Some(Ok report) -> report
        | Some(Error problem) ->
            problem.Throw()
            raise problem.SourceException
        | None -> invalidOp "the run's thread ended without an outcome"
