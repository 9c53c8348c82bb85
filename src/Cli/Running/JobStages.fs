/// The stages of a spec in a job: the first process reads it and sends it to the others, so that a stale copy cannot differ.
/// Every process goes through all stages; either all have a value at the end of one, or none has.
module ParDsl.Cli.Running.JobStages

open ParDsl.Cli.Pipeline
open ParDsl.Runtime.Jobs
open ParDsl.Runtime.Collectives

/// A spec on its way from the first process to the others; the text is empty where the first found it wrong.
type SpecMessage = { Path: string; Text: string }

/// What the others found and the first did not, each once, with the rank that did.
let private ofOthers (job: Job) (all: ProcessFindings list) =
    let key (finding: DiagnosticMessage) = finding.Code, finding.Message
    let known = all.Head.Findings |> Seq.map key |> Set.ofSeq

    List.zip (List.ofSeq job.Members) all
    |> List.tail
    |> List.collect (fun (member', found) -> [ for finding in found.Findings -> member', finding ])
    |> List.filter (fun (_, finding) -> not (known.Contains(key finding)))
    |> List.distinctBy (snd >> key)
    |> List.map (fun (member', finding) -> finding.From member')

/// All processes' findings become the first one's, and the value stays where all have one.
let agree (job: Job) (stage: Stage<'value>) : Stage<'value> =
    let all = List.ofSeq (job.Share(stage.Value.IsSome, stage.Diagnostics))

    {
        Value = if all |> List.forall _.IsWell then stage.Value else None
        Diagnostics =
            if job.IsFirst then
                stage.Diagnostics @ ofOthers job all
            else
                []
    }

let private send (job: Job) message =
    job.Processes.BroadcastValue(message, 0)

/// The spec with every default written out, and no word that depends on the first process's folder.
let private wholeText (stage: Stage<_>) =
    let whole =
        stage
        |> Stage.next (fun program ->
            Spec.check program
            |> Stage.next (fun checkedProgram -> Stage.ofValue (TrainingRun.wholeSpec program checkedProgram)))

    Option.defaultValue "" whole.Value

/// The spec's tree: as the first process has read it and what it does to it, and as the others have got it from there.
let spec (job: Job) path overrides change =
    let own =
        if job.IsFirst then
            Spec.syntax path overrides |> Stage.next change
        else
            { Value = None; Diagnostics = [] }

    let sent =
        send job { Path = path; Text = if job.IsFirst then wholeText own else "" }

    if job.IsFirst || sent.Text = "" then
        own
    else
        Spec.parseText { Path = sent.Path; Text = sent.Text }
