namespace ParDsl.Cli.Output

open System
open System.Text
open System.Text.RegularExpressions
open ParDsl.Printing

/// Lines at the bottom of standard error that are drawn again in place. A terminal that was made narrower has folded those
/// that stand there, and one that was made wider has joined them again: the way back up counts them as they are now.
type LiveScreen(columns: unit -> int, rows: unit -> int, write: string -> unit) =
    let mutable widths: int list = []

    /// Without a terminal's codes for colours.
    let columnsOf (line: string) =
        CharacterWidth.ofText (Regex.Replace(line, "\u001b\\[[0-9;]*m", ""))

    let rowsNow () =
        let columns = max 1 (columns ())
        widths |> List.sumBy (fun width -> max 1 ((width + columns - 1) / columns))

    let back () =
        match min (rowsNow ()) (rows ()) with
        | 0 -> ""
        | count -> $"\u001b[{count}A\r"

    /// A window that is too low shows the last lines. One write a frame, so that nothing flickers. A line is erased before it is
    /// written: behind a line as wide as the terminal, erasing would take its last letter.
    member _.Draw(lines: string list) =
        let shown = lines |> List.skip (max 0 (lines.Length - (rows () - 1)))
        let text = StringBuilder().Append(back ())

        for line in shown do
            text.Append("\u001b[2K").Append(line).Append('\n') |> ignore

        text.Append "\u001b[J" |> ignore
        write (text.ToString())
        widths <- List.map columnsOf shown

    member _.Clear() =
        write (back () + "\u001b[J")
        widths <- []
