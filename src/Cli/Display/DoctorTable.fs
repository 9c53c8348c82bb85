/// What `doctor` has found, as a table: a line a finding, its remedy below.
module ParDsl.Cli.Display.DoctorTable

open ParDsl.Cli
open ParDsl.Cli.Output
open ParDsl.Printing
open ParDsl.Runtime.Doctor

let private mark (status: DoctorStatus) =
    match status with
    | DoctorStatus.Ok -> "ok"
    | DoctorStatus.Warning -> "warning"
    | _ -> "problem"

/// Fewer columns behind the names, and what was found stands below them.
let private fewestColumns = 40

/// Lines that begin below the first one's words.
let private folded columns start (words: string) =
    TextFold.lines (columns - start) 0 words |> List.ofSeq

/// The state and the topic, and behind them, or below, what was found and the remedy.
let private lines columns (marks: int, topics: int) (finding: DoctorFinding) =
    let head =
        $"{(mark finding.Status).PadRight marks}  {finding.Topic.PadRight topics}"

    let behind = marks + topics + 4
    let start = if columns - behind < fewestColumns then 4 else behind
    let indent = String.replicate start " "

    let found = [
        yield! folded columns start finding.Value
        if finding.Remedy <> "" then
            yield! folded columns start $"-> {finding.Remedy}"
    ]

    if start = behind then
        $"{head}  {found.Head}" :: [ for line in found.Tail -> indent + line ]
    else
        head.TrimEnd() :: [ for line in found -> indent + line ]

let text columns (findings: DoctorFinding list) =
    let marks =
        findings |> List.map (fun finding -> (mark finding.Status).Length) |> List.max

    let topics = findings |> List.map _.Topic.Length |> List.max
    findings |> List.collect (lines columns (marks, topics)) |> String.concat "\n"

let private painted (line: string) =
    [ "ok", "32"; "warning", "33"; "problem", "31" ]
    |> List.tryFind (fun (mark, _) -> line.StartsWith(mark, System.StringComparison.Ordinal))
    |> function
        | Some(mark, code) -> ColoredScreen.escape code mark + line.Substring mark.Length
        | None -> line

let print (findings: DoctorFinding list) =
    if not findings.IsEmpty then
        let text = text (Terminal.outputColumns ()) findings

        if Terminal.colorsOutput.Value then
            text.Split '\n' |> Seq.map painted |> String.concat "\n" |> Terminal.output
        else
            Terminal.output text

/// One line about all findings, and the exit code.
let close (findings: DoctorFinding list) =
    let problems =
        findings |> List.filter (fun finding -> finding.Status = DoctorStatus.Problem)

    if problems.IsEmpty then
        Terminal.tell "Nothing is broken."
        ExitCode.Done
    else
        let count = Figures.plural (int64 problems.Length) "problem"
        Terminal.tell $"{count}: a run would fail until what the arrows say is done."
        ExitCode.RunFailed
