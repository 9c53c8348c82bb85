/// What `doctor` has found, as a table: a line a finding, its remedy below.
module ParDsl.Cli.Display.DoctorTable

open ParDsl.Cli
open ParDsl.Cli.Output
open ParDsl.Runtime.Doctor
open Spectre.Console

let private mark (status: DoctorStatus) =
    match status with
    | DoctorStatus.Ok -> "[green]ok[/]"
    | DoctorStatus.Warning -> "[yellow]warning[/]"
    | _ -> "[red]problem[/]"

/// A remedy stands below what it mends, where the table is too narrow for a column of its own.
let private cell (finding: DoctorFinding) =
    let value = Markup.Escape finding.Value

    if finding.Remedy = "" then
        value
    else
        $"{value}\n[bold]-> {Markup.Escape finding.Remedy}[/]"

let private table (findings: DoctorFinding list) =
    let table = Table(Border = TableBorder.None, ShowHeaders = false)

    [ "state"; "what"; "found" ]
    |> List.iter (fun name -> table.AddColumn(TableColumn name) |> ignore)

    for finding in findings do
        table.AddRow(mark finding.Status, Markup.Escape finding.Topic, cell finding)
        |> ignore

    table

let print (findings: DoctorFinding list) =
    if not findings.IsEmpty then
        Terminal.outputTable (table findings)

/// One line about all findings, and the exit code.
let close (findings: DoctorFinding list) =
    let problems =
        findings |> List.filter (fun finding -> finding.Status = DoctorStatus.Problem)

    if problems.IsEmpty then
        Terminal.output "Nothing is broken."
        ExitCode.Done
    else
        let count = Figures.plural (int64 problems.Length) "problem"
        Terminal.output $"{count}: a run would fail until what the arrows say is done."
        ExitCode.RunFailed
