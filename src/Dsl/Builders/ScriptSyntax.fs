/// From a script's statements to the syntax tree that the parser makes of the same program in a file.
module internal ParDsl.Builders.ScriptSyntax

open ParDsl.Source
open ParDsl.Syntax

let private number span (value: double) (integer: int64 voption) unit =
    ExpressionSyntax.Number {
        Value = value
        IsInteger = integer.IsSome
        Integer = ValueOption.defaultValue 0L integer
        Unit = unit
        Span = span
    }

let rec private expression (span: SourceSpan) (value: Value) : ExpressionSyntax =
    match value with
    | Value.Integer(value, unit) -> number span (double value) (ValueSome value) unit
    | Value.Number(value, unit) -> number span value ValueNone unit
    | Value.Text text -> ExpressionSyntax.Text { Value = text; Span = span }
    | Value.Name name -> ExpressionSyntax.Name { Text = name; Span = span }
    | Value.List items -> ExpressionSyntax.List { Items = List.map (expression span) items; Span = span }

let private tokenSpan (place: ScriptPlace) words =
    ScriptLine.tokens place.File.Text place.Head
    |> List.tryFind (fun (_, word) -> List.contains word words)
    |> Option.map fst

let private positional (place: ScriptPlace) (value: Value) : ArgumentSyntax =
    let literal = ScriptLine.literal place.File.Text place.Head value
    let span = place.Span(Option.defaultValue place.Head literal)

    {
        Key = ""
        KeySpan = span
        Value = expression span value
        Span = span
    }

/// From the key to its value where both are written out, else the whole statement.
let private keyed (place: ScriptPlace) (argument: Argument) (key: ScriptLine.Range) : ArgumentSyntax =
    let behind: ScriptLine.Range = { Start = key.End; Length = place.Head.End - key.End }
    let value = ScriptLine.literal place.File.Text behind argument.Value
    let valueSpan = place.Span(Option.defaultValue place.Head value)
    let keySpan = place.Span key

    {
        Key = argument.Key
        KeySpan = keySpan
        Value = expression valueSpan argument.Value
        Span =
            if value.IsSome then
                keySpan.To valueSpan
            else
                place.HeadSpan
    }

let private argument (place: ScriptPlace) (argument: Argument) : ArgumentSyntax =
    match tokenSpan place [ argument.Key; ScriptLine.camelCase argument.Key ] with
    | Some key when argument.Key <> "" -> keyed place argument key
    | _ -> { positional place argument.Value with Key = argument.Key }

let private name (place: ScriptPlace) (text: string) : NameSyntax =
    let camelCase = ScriptLine.camelCase text
    let words = [ camelCase; text; camelCase + "With"; "\"" + text + "\"" ]
    let found = tokenSpan place words
    { Text = text; Span = place.Span(Option.defaultValue place.Head found) }

let rec statement (files: ScriptFiles) (statement': Statement) : StatementSyntax =
    let place = ScriptPlace.find files statement'
    let hasLabel = statement'.Label <> ""
    let callName = name place statement'.Name

    StatementSyntax.Call {
        HasLabel = hasLabel
        Label = if hasLabel then name place statement'.Label else callName
        Name = callName
        Arguments = statement'.Arguments |> List.map (argument place)
        HasBlock = statement'.HasBlock
        Block = statement'.Block |> List.map (statement files)
        Span = place.HeadSpan
        HeadSpan = place.HeadSpan
        Trivia = StatementTrivia.None
    }

/// The tree of a whole script's program; its file is the one that `program { }` stands in.
let program (path: string) (line: int) (statements: Statement list) : ProgramSyntax =
    let files = ScriptFiles()

    let itself: Statement = {
        Label = ""
        Name = "program"
        Arguments = []
        HasBlock = true
        Block = []
        Origin = { Path = path; Line = line }
    }

    { File = (ScriptPlace.find files itself).File; Statements = statements |> List.map (statement files) }
