/// A tree and a dotted place come in; the tree with that place set goes out. The parts of a place are names: of blocks,
/// then of a statement, and maybe of its key.
module ParDsl.Overrides.OverridePlace

open System.Collections.Generic
open ParDsl.Diagnostics
open ParDsl.Source
open ParDsl.Syntax

let private newArgument (key: NameSyntax voption) (value: ExpressionSyntax) : ArgumentSyntax =
    match key with
    | ValueSome key -> {
        Key = key.Text
        KeySpan = key.Span
        Value = value
        Span = key.Span.To value.Span
      }
    | ValueNone -> {
        Key = ""
        KeySpan = value.Span
        Value = value
        Span = value.Span
      }

let private newCall (name: NameSyntax) : CallSyntax = {
    HasLabel = false
    Label = name
    Name = name
    Arguments = []
    HasBlock = false
    Block = []
    Span = name.Span
    HeadSpan = name.Span
    Trivia = StatementTrivia.None
}

/// In place of the argument with this key, or, for no key, of the first positional one; else as a new one.
let private setArgument (key: NameSyntax voption) value (call: CallSyntax) =
    let wanted = key |> ValueOption.map _.Text |> ValueOption.defaultValue ""
    let added = newArgument key value
    let isWanted (argument: ArgumentSyntax) = argument.Key = wanted

    match Seq.tryFindIndex isWanted call.Arguments with
    | Some index -> { call with Arguments = call.Arguments |> Seq.updateAt index added |> Seq.toArray }
    | None when key.IsNone -> { call with Arguments = Seq.append [ added ] call.Arguments |> Seq.toArray }
    | None -> { call with Arguments = Seq.append call.Arguments [ added ] |> Seq.toArray }

/// A statement's places in a block: by label first, then by name.
let private indexesOf (name: string) (statements: StatementSyntax seq) =
    let indexes test = [
        for index, statement in Seq.indexed statements do
            match statement with
            | StatementSyntax.Call call when test call -> index, call
            | _ -> ()
    ]

    match indexes (fun call -> call.HasLabel && call.Label.Text = name) with
    | [] -> indexes (fun call -> call.Name.Text = name)
    | labelled -> labelled

/// The statements with the named one changed, added at the end where it is missing.
let private change (name: NameSyntax) set (statements: IReadOnlyList<StatementSyntax>) =
    match indexesOf name.Text statements with
    | [] ->
        set (newCall name)
        |> Result.map (fun added -> Seq.append statements [ StatementSyntax.Call added ] |> Seq.toArray)
    | [ index, call ] ->
        set call
        |> Result.map (fun changed -> statements |> Seq.updateAt index (StatementSyntax.Call changed) |> Seq.toArray)
    | (_, first) :: _ as calls -> Error(OverrideErrors.ambiguousPlace name.Span name.Text calls.Length first.HeadSpan)

/// A block takes the place of what a statement said without one: `parallel auto` becomes `parallel { data 2 }`.
let private inBlock set (call: CallSyntax) =
    let arguments = if call.HasBlock then call.Arguments else []

    set call.Block
    |> Result.map (fun block -> { call with Arguments = arguments; HasBlock = true; Block = block })

/// The statements with the value set at the place; blocks and statements that are missing are added.
let rec set isTop (place: NameSyntax list) value (statements: IReadOnlyList<StatementSyntax>) =
    match place with
    | [] -> Ok(Seq.toArray statements)
    | [ name ] -> statements |> change name (fun call -> Ok(setArgument ValueNone value call))
    | name :: rest -> statements |> change name (setInside isTop rest value)

and private setInside isTop rest value call =
    match rest with
    | [ key ] when not isTop && not call.HasBlock -> Ok(setArgument (ValueSome key) value call)
    | _ -> inBlock (fun block -> set false rest value block) call
