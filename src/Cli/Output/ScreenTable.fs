namespace ParDsl.Cli.Output

open ParDsl.Compiler.Printing
open ParDsl.Printing
open Spectre.Console

/// `Spare` says how well a reader does without the column: 0 is never left out, and the largest goes first.
type ScreenColumn = { Title: string; IsNumber: bool; Spare: int }

module ScreenColumn =
    /// One that is never left out.
    let words title = { Title = title; IsNumber = false; Spare = 0 }

    /// The same of figures.
    let figures title = { words title with IsNumber = true }

/// A result in rows and columns.
type ScreenTable = { Columns: ScreenColumn list; Rows: string list list }

/// A table takes the form that the terminal has room for: a frame with titles in one line, the same with titles that are
/// folded, both without columns that can be spared, no frame, and at last a list for each row. No number is ever cut.
module ScreenTable =
    /// A file has no width of its own; a table is then as wide as it needs to be.
    let private unframed (columns: int) (table: ScreenTable) =
        TextTable
            .Of(
                [| for column in table.Columns -> column.Title |],
                [| for row in table.Rows -> List.toArray row |],
                columns
            )
            .TrimEnd('\n')

    let private foldedTitle (title: string) = title.Replace(' ', '\n')

    let private columnWidth title (cells: string list) =
        Seq.append ((title: string).Split '\n') cells
        |> Seq.map CharacterWidth.ofText
        |> Seq.max

    /// A bar before, between and behind the columns, and a space on each side of each cell.
    let private frameWidth titleOf (table: ScreenTable) =
        let widths =
            List.map2
                (fun column cells -> columnWidth (titleOf column.Title) cells)
                table.Columns
                (List.transpose table.Rows)

        1 + List.sumBy (fun width -> width + 3) widths

    let private frame titleOf (table: ScreenTable) =
        let drawn = Table(Border = TableBorder.Rounded)

        for column in table.Columns do
            let shown = TableColumn(Markup.Escape(titleOf column.Title)).NoWrap()

            drawn.AddColumn(if column.IsNumber then shown.RightAligned() else shown)
            |> ignore

        for row in table.Rows do
            drawn.AddRow(row |> List.map Markup.Escape |> List.toArray) |> ignore

        drawn

    let private without spare (table: ScreenTable) =
        let isKept = table.Columns |> List.map (fun column -> column.Spare < spare)

        let keep cells =
            List.zip isKept cells |> List.filter fst |> List.map snd

        { Columns = keep table.Columns; Rows = List.map keep table.Rows }

    /// The table, and what is left of it as its columns are spared, one kind after the other.
    let private sparing (table: ScreenTable) =
        let spares =
            table.Columns
            |> List.map _.Spare
            |> List.filter (fun spare -> spare > 0)
            |> List.distinct
            |> List.sortDescending

        table :: [ for spare in spares -> without spare table ]

    /// As text; the frame has a terminal's codes where it may have them.
    let draw isLive (columns: int) (table: ScreenTable) =
        let framed =
            List.allPairs (sparing table) [ id; foldedTitle ]
            |> List.tryFind (fun (table, titleOf) -> frameWidth titleOf table <= columns)

        match framed with
        | Some(table, titleOf) -> Terminal.drawn isLive (frameWidth titleOf table) (frame titleOf table)
        | None -> unframed columns (List.last (sparing table))

    /// On standard output.
    let print (table: ScreenTable) =
        if not table.Rows.IsEmpty then
            Terminal.output (draw Terminal.outputIsLive.Value (Terminal.outputColumns ()) table)
