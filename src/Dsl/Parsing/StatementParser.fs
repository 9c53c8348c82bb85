/// One statement: `let`, `def`, `import`, or `[label:] name argument* [block]`. What is in a block is the caller's to say.
module ParDsl.Parsing.StatementParser

open System
open FParsec
open ParDsl.Diagnostics
open ParDsl.Source
open ParDsl.Syntax
open ParDsl.Parsing.Primitives
open ParDsl.Parsing.ExpressionParser

/// A block: its statements, the comment lines before its closing brace, and what it covers, braces included.
type BlockSyntax = { Statements: StatementSyntax array; BeforeEnd: string array; Span: SourceSpan }

/// Reads the block that belongs to the named statement.
type BlockParser = NameSyntax -> Parser<BlockSyntax>

let private wordsHere (stream: Stream) =
    Found.wordsAt (text stream) (offset stream)

let private spanHere (stream: Stream) =
    Found.spanAt stream.UserState.File (offset stream)

/// A mistake of its own where nothing usable stands, unless it is a character that has no meaning anywhere.
let private orStray make (stream: Stream) =
    let span = spanHere stream

    if Found.isStray (text stream) (offset stream) then
        SyntaxErrors.strayCharacter span span.Text
    else
        make span (wordsHere stream)

let private equalsSign: Parser<unit> =
    token (attempt (skipChar '=' .>> notFollowedBy (skipChar '='))) (fun () _ -> ())
    <?> "`=`"

let private valueBehind (make: Stream -> Diagnostic) : Parser<ExpressionSyntax> =
    let make stream =
        if Found.endsLine (text stream) (offset stream) then
            make stream
        else
            unexpected "a value" stream

    valueParser <|> mistakeHere make

/// The span from `start` to the last character that was read, white space left out.
let private spanSince start (stream: Stream) =
    let read = (text stream).AsSpan(start, offset stream - start).TrimEnd()
    { File = stream.UserState.File; Start = start; Length = read.Length }

let private spanned (parser: Parser<'value>) : Parser<'value * SourceSpan> =
    fun stream ->
        let start = offset stream
        let reply = parser stream

        if reply.Status = Ok then
            Reply((reply.Result, spanSince start stream))
        else
            Reply(reply.Status, reply.Error)

let private keyed (key: NameSyntax) =
    let missing _ =
        SyntaxErrors.missingValue key.Span key.Text

    equalsSign >>. valueBehind missing |>> fun value -> key.Text, key.Span, value

let private positional (value: ExpressionSyntax) = "", value.Span, value

let private argument: Parser<ArgumentSyntax> =
    let named =
        name >>= fun name -> keyed name <|>% positional (ExpressionSyntax.Name name)

    spanned (named <|> (valueParser |>> positional))
    |>> fun ((key, keySpan, value), span) -> {
        Key = key
        KeySpan = (if key = "" then span else keySpan)
        Value = value
        Span = span
    }

/// A comma with a digit on either side, as in `0,001`, parts no arguments.
let private comma (stream: Stream) =
    let text, here = text stream, offset stream

    match Found.decimalComma text here with
    | "" -> SyntaxErrors.commaBetweenArguments (spanHere stream)
    | meant -> SyntaxErrors.commaInNumber (spanHere stream) meant

let private isRightBehind (name: NameSyntax) (stream: Stream) =
    String.IsNullOrWhiteSpace((spanSince name.Span.Start stream).Text.Substring name.Span.Length)

let private afterArguments (name: NameSyntax) (stream: Stream) =
    match stream.Peek() with
    | ',' -> comma stream
    | '=' when isRightBehind name stream -> SyntaxErrors.equalsBehindStatement (spanHere stream) name.Text
    | _ -> unexpected "an argument, a block or the end of the line" stream

let private lineEnd (make: Stream -> Diagnostic) : Parser<unit> =
    fun stream ->
        if Found.endsLine (text stream) (offset stream) && stream.Peek() <> '{' then
            Reply(())
        else
            mistakeHere make stream

/// The comments that were seen inside brackets since the last statement.
let private takeComments: Parser<string array> =
    fun stream ->
        let comments = stream.UserState.Comments

        if not comments.IsEmpty then
            stream.UserState <- { stream.UserState with Comments = [] }

        Reply(List.toArray (List.rev comments))

let private trivia comments (block: BlockSyntax voption) =
    match block with
    | ValueSome block -> {
        StatementTrivia.None with
            Leading = comments
            BlockOnOneLine = not (block.Span.Text.Contains '\n')
            BeforeEnd = block.BeforeEnd
      }
    | ValueNone -> { StatementTrivia.None with Leading = comments }

let private blockOrEnd (block: BlockParser) name make : Parser<BlockSyntax voption> =
    (followedBy (skipChar '{') >>. block name |>> ValueSome)
    <|> (lineEnd make >>% ValueNone)

let private callWith (block: BlockParser) (label: NameSyntax voption) (name: NameSyntax) : Parser<StatementSyntax> =
    let first = ValueOption.defaultValue name label

    let make (arguments: ArgumentSyntax list) comments (block: BlockSyntax voption) =
        let last =
            if arguments.IsEmpty then
                name.Span
            else
                (List.last arguments).Span

        let head = first.Span.To last

        StatementSyntax.Call {
            HasLabel = label.IsSome
            Label = first
            Name = name
            Arguments = List.toArray arguments
            HasBlock = block.IsSome
            Block = block |> ValueOption.map _.Statements |> ValueOption.defaultValue [||]
            Span =
                block
                |> ValueOption.map (fun block -> head.To block.Span)
                |> ValueOption.defaultValue head
            HeadSpan = head
            Trivia = trivia comments block
        }

    pipe3 (many argument) takeComments (blockOrEnd block name (afterArguments name)) make

let private call block (first: NameSyntax) : Parser<StatementSyntax> =
    let missing stream =
        if Found.endsLine (text stream) (offset stream) then
            SyntaxErrors.missingStatement first.Span first.Text
        else
            orStray SyntaxErrors.statementWithoutName stream

    (symbol ':' >>. (name <|> mistakeHere missing)
     >>= callWith block (ValueSome first))
    <|> callWith block ValueNone first

let private behindStatement stream =
    orStray SyntaxErrors.missingSeparator stream

let private letStatement (keyword: NameSyntax) : Parser<StatementSyntax> =
    let noName = mistakeHere (orStray SyntaxErrors.letWithoutName)

    let noValue (name: NameSyntax) (stream: Stream) =
        SyntaxErrors.letWithoutValue (keyword.Span.To name.Span) name.Text

    let extra stream =
        if Found.isOperator (Found.characterAt (text stream) (offset stream)) then
            unexpected "the end of the line" stream
        else
            behindStatement stream

    let value name =
        (equalsSign <|> mistakeHere (noValue name))
        >>. spanned (valueBehind (noValue name))

    name <|> noName
    >>= fun name ->
        pipe2 (value name .>> lineEnd extra) takeComments (fun (value, span) comments ->
            StatementSyntax.Let {
                Name = name
                Value = value
                Span = keyword.Span.To span
                Trivia = trivia comments ValueNone
            })

let private parameter: Parser<ParameterSyntax> =
    let missing (name: NameSyntax) _ =
        SyntaxErrors.missingValue name.Span name.Text

    let withDefault (name: NameSyntax) =
        equalsSign >>. valueBehind (missing name)
        |>> fun value -> { Name = name; HasDefault = true; Default = value }

    name
    >>= fun name ->
        withDefault name
        <|>% { Name = name; HasDefault = false; Default = ExpressionSyntax.Name name }

let private parameters: Parser<ParameterSyntax list> =
    let wrong = orStray SyntaxErrors.malformedParameters

    let separator =
        choice [ symbol ',' |>> ignore; followedBy (skipChar ')'); mistakeHere wrong ]

    let finish = closeBracket ')' <|> mistakeHere wrong
    (openBracket '(' >>. many (parameter .>> separator) .>> finish) <|>% []

let private definition (block: BlockParser) (keyword: NameSyntax) : Parser<StatementSyntax> =
    let noName = mistakeHere (orStray SyntaxErrors.definitionWithoutName)

    let noBlock (name: NameSyntax) =
        mistakeHere (orStray (fun _ _ -> SyntaxErrors.definitionWithoutBlock (keyword.Span.To name.Span) name.Text))

    let make (name: NameSyntax) (parameters, parametersSpan: SourceSpan) comments (block: BlockSyntax) =
        let head = keyword.Span.To(name.Span.To parametersSpan)

        StatementSyntax.Definition {
            Name = name
            Parameters = List.toArray parameters
            Block = block.Statements
            Span = head.To block.Span
            HeadSpan = head
            Trivia = trivia comments (ValueSome block)
        }

    name <|> noName
    >>= fun name ->
        let body = (followedBy (skipChar '{') >>. block name) <|> noBlock name
        pipe3 (spanned parameters) takeComments body (make name)

let private import (keyword: NameSyntax) : Parser<StatementSyntax> =
    let noPath = mistakeHere (orStray SyntaxErrors.importWithoutPath)

    TextParser.text <|> noPath .>> lineEnd behindStatement
    |>> fun path ->
        StatementSyntax.Import { Path = path; Span = keyword.Span.To path.Span; Trivia = StatementTrivia.None }

let private noName (stream: Stream) =
    if stream.Peek() = '{' then
        SyntaxErrors.blockWithoutName (spanHere stream)
    else
        orStray SyntaxErrors.statementWithoutName stream

/// One statement, without the white space and comments behind its line.
let statement (block: BlockParser) : Parser<StatementSyntax> =
    name <|> mistakeHere noName
    >>= fun name ->
        match name.Text with
        | "let" -> letStatement name
        | "def" -> definition block name
        | "import" -> import name
        | _ -> call block name
