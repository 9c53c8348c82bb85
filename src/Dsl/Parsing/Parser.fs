/// A source file comes in; the tree of all that could be read, and every mistake in source order, go out.
module ParDsl.Parsing.Parser

open FParsec
open ParDsl.Diagnostics
open ParDsl.Source
open ParDsl.Syntax
open ParDsl.Parsing.Primitives
open ParDsl.Parsing.StatementParser

/// After this many mistakes the text is no spec: the rest of it is passed over.
let private stopAtLimit (stream: Stream) =
    if stream.UserState.Mistakes.Length >= ParserState.mostMistakes then
        let here = { File = stream.UserState.File; Start = offset stream; Length = 1 }
        let last = SyntaxErrors.tooManyMistakes here ParserState.mostMistakes
        stream.UserState <- { stream.UserState with Mistakes = last :: stream.UserState.Mistakes }
        stream.Skip((text stream).Length - offset stream)

let private record diagnostic (stream: Stream) =
    stream.UserState <- { stream.UserState with Mistakes = diagnostic :: stream.UserState.Mistakes }
    stopAtLimit stream

/// The diagnostic that a failed reply carries; without one, FParsec's own labels say what was expected.
let private mistakeOf (error: ErrorMessageList) (stream: Stream) =
    let messages = ErrorMessageList.ToSortedArray error

    let own =
        messages
        |> Array.tryPick (function
            | OtherErrorMessage(:? Diagnostic as diagnostic) -> Some diagnostic
            | _ -> None)

    let labels = [
        for message in messages do
            match message with
            | Expected label -> label
            | _ -> ()
    ]

    let expectation =
        if labels.IsEmpty then
            "something else"
        else
            String.concat " or " labels

    own
    |> Option.defaultWith (fun () -> ExpressionParser.unexpected expectation stream)

let private unclosed (name: NameSyntax) (stream: Stream) =
    let state = stream.UserState

    let isKnown =
        List.exists (fun code -> ParserState.has code state) [ "PD1018"; "PD1026"; "PD1039" ]

    if not isKnown then
        record (SyntaxErrors.unclosedBlock name.Span name.Text) stream

let private elements, private elementsReference =
    createParserForwardedToRef<struct (StatementSyntax array * string array), ParserState>()

/// A block whose brace is missing ends with the file: what was read of it stays.
let private block (name: NameSyntax) : Parser<BlockSyntax> =
    let atEnd: Parser<SourceSpan> =
        fun stream ->
            unclosed name stream
            Reply(spanFrom (offset stream) stream)

    pipe3 openBrace elements (closeBrace <|> atEnd) (fun opening (struct (statements, beforeEnd)) closing -> {
        Statements = statements
        BeforeEnd = beforeEnd
        Span = opening.To closing
    })

let private skipTo target (stream: Stream) = stream.Skip(target - offset stream)

/// The block of a statement whose head has a mistake is read all the same, for the mistakes in it.
let private readBlock start (stream: Stream) =
    if stream.UserState.Depth >= ParserState.deepest then
        skipTo (Recovery.behindBlock (text stream) (offset stream)) stream
    else
        let here = { File = stream.UserState.File; Start = start; Length = 1 }
        block { Text = here.Text; Span = here } stream |> ignore

let private recover start depth error (stream: Stream) =
    record (mistakeOf error stream) stream
    stream.UserState <- { stream.UserState with Depth = depth; OpenBrackets = 0; Comments = [] }
    let resume = Recovery.resumeOffset (text stream) start (offset stream)

    if resume > offset stream then
        skipTo resume stream

    if stream.Peek() = '{' then
        readBlock start stream

/// One statement; where it has a mistake, the mistake is kept and nothing else.
let private element: Parser<StatementSyntax voption> =
    let statement = statement block

    fun stream ->
        if stream.IsEndOfStream || stream.Peek() = '}' then
            Reply(ReplyStatus.Error, NoErrorMessages)
        else
            let start, depth = offset stream, stream.UserState.Depth
            let reply = statement stream

            if reply.Status = Ok then
                Reply(ValueSome reply.Result)
            else
                recover start depth reply.Error stream
                Reply ValueNone

elementsReference.Value <-
    Gap.gap .>>. many (element .>>. Gap.gap)
    |>> fun (first, elements) -> Gap.attachAll first elements

/// Outside all blocks a closing brace closes nothing; reading goes on behind it.
let private extraBrace: Parser<StatementSyntax voption> =
    fun stream ->
        if stream.Peek() <> '}' then
            Reply(ReplyStatus.Error, NoErrorMessages)
        else
            let span = Found.spanAt stream.UserState.File (offset stream)
            stream.Skip()
            record (SyntaxErrors.extraBrace span) stream
            Reply ValueNone

let private program: Parser<StatementSyntax array> =
    Gap.gap .>>. many (element <|> extraBrace .>>. Gap.gap) .>> eof
    |>> fun (first, elements) ->
        let struct (statements, rest) = Gap.attachAll first elements
        Gap.attachEnd rest statements

let private finish (file: SourceFile) (statements: StatementSyntax array) (mistakes: Diagnostic list) =
    let isEmpty = statements.Length = 0 && mistakes.IsEmpty

    let mistakes =
        if isEmpty then
            [ ReadingErrors.emptyFile file.Path ]
        else
            List.rev mistakes

    let program: ProgramSyntax = { File = file; Statements = statements }

    { Program = program; Diagnostics = mistakes |> List.sortBy _.Span.Start |> List.toArray }

/// The whole file; a file without any statement is a mistake too.
let parse (file: SourceFile) : ParseResult =
    match runParserOnString program (ParserState.start file) file.Path file.Text with
    | Success(statements, state, _) -> finish file statements state.Mistakes
    | Failure(_, error, state) ->
        let here = Found.spanAt file (int error.Position.Index)
        let words = Found.wordsAt file.Text here.Start
        finish file [||] (SyntaxErrors.unexpected here "a statement" words :: state.Mistakes)

let private afterValue (stream: Stream) =
    let state = stream.UserState

    let span, words =
        Found.spanAt state.File (offset stream), Found.wordsAt (text stream) (offset stream)

    if Found.isOperator (stream.Peek()) || Found.isStray (text stream) (offset stream) then
        ExpressionParser.unexpected "the end" stream
    else
        OverrideErrors.moreThanOneValue span words

/// One value in the text from `start` on, and nothing behind it: what `--set key=` sets.
let parseValue (file: SourceFile) (start: int) : Result<ExpressionSyntax, Diagnostic> =
    let missing (stream: Stream) =
        if stream.IsEndOfStream then
            let key = file.Text.Substring(0, start).TrimEnd([| '='; ' ' |])
            SyntaxErrors.missingValue { File = file; Start = 0; Length = max 1 key.Length } key
        else
            ExpressionParser.unexpected "a value" stream

    let value = ExpressionParser.valueParser <|> mistakeHere missing

    let whole: Parser<Result<ExpressionSyntax, Diagnostic>> =
        fun stream ->
            stream.Skip start
            let reply = (blanks >>. value .>> (eof <|> mistakeHere afterValue)) stream

            if reply.Status = Ok then
                Reply(Result.Ok reply.Result)
            else
                Reply(Result.Error(mistakeOf reply.Error stream))

    match runParserOnString whole (ParserState.start file) file.Path file.Text with
    | Success(result, _, _) -> result
    | Failure(_, error, _) ->
        let here = Found.spanAt file (int error.Position.Index)
        Result.Error(SyntaxErrors.unexpected here "a value" (Found.wordsAt file.Text here.Start))
