/// The parsers that all others are made of. The law: each is atomic, eats white space to its right only, and carries a
/// label in the user's words. A mistake with a name of its own is a fatal error that holds the whole diagnostic.
module ParDsl.Parsing.Primitives

open FParsec
open ParDsl.Diagnostics
open ParDsl.Source
open ParDsl.Syntax

type Parser<'value> = FParsec.Primitives.Parser<'value, ParserState>
type Stream = CharStream<ParserState>

let offset (stream: Stream) = int stream.Index

let text (stream: Stream) = stream.UserState.File.Text

let spanFrom start (stream: Stream) = { File = stream.UserState.File; Start = start; Length = offset stream - start }

/// The mistake that `make` sees at the place where the stream stands.
let mistakeHere (make: Stream -> Diagnostic) : Parser<'value> =
    fun stream -> Reply(FatalError, otherError (make stream))

let mistake (diagnostic: Diagnostic) : Parser<'value> = mistakeHere (fun _ -> diagnostic)

/// FParsec's own label would also replace a fatal mistake by "expected ..."; this one keeps it.
let (<?>) (parser: Parser<'value>) (label: string) : Parser<'value> =
    fun stream ->
        let tag = stream.StateTag
        let reply = parser stream

        if reply.Status = Error && tag = stream.StateTag then
            Reply(Error, expected label)
        else
            reply

/// `#` to the line's end, without both: one space where nothing else stands, as an empty string is an empty line.
let comment: Parser<string> =
    skipChar '#' >>. restOfLine false
    |>> fun words -> if words.Trim() = "" then " " else words.TrimEnd()

let blanks: Parser<unit> =
    skipManySatisfy (fun character -> character = ' ' || character = '\t')

let private keepComment words : Parser<unit> =
    updateUserState (fun state -> { state with Comments = words :: state.Comments })

let private bracketSpace: Parser<unit> =
    let space = skipMany1Satisfy (fun character -> character = ' ' || character = '\t')
    skipMany (choice [ space; skipNewline; comment >>= keepComment ])

/// Blanks; inside brackets and parentheses also line ends and comments.
let whiteSpace: Parser<unit> =
    fun stream ->
        if stream.UserState.OpenBrackets > 0 then
            bracketSpace stream
        else
            blanks stream

/// What `parser` read, made into a tree's node with the span that it covers, and the white space behind it.
let token (parser: Parser<'value>) (make: 'value -> SourceSpan -> 'node) : Parser<'node> =
    fun stream ->
        let start = offset stream
        let reply = parser stream

        if reply.Status = Ok then
            let node = make reply.Result (spanFrom start stream)
            whiteSpace stream |> ignore
            Reply node
        else
            Reply(reply.Status, reply.Error)

let name: Parser<NameSyntax> =
    token (many1Satisfy2 Found.isNameStart Found.isNamePart) (fun word span -> { Text = word; Span = span })
    <?> "a name"

let symbol (character: char) : Parser<SourceSpan> =
    token (skipChar character) (fun () span -> span) <?> $"`{character}`"

let private enter brackets (state: ParserState) = {
    state with
        OpenBrackets = state.OpenBrackets + brackets
        Depth = state.Depth + 1
}

let private leave brackets (state: ParserState) = {
    state with
        OpenBrackets = state.OpenBrackets - brackets
        Depth = state.Depth - 1
}

let private tooDeep: Parser<unit> =
    fun stream ->
        if stream.UserState.Depth >= ParserState.deepest then
            let span = Found.spanAt stream.UserState.File (offset stream)
            mistake (SyntaxErrors.nestedTooDeep span ParserState.deepest) stream
        else
            Reply(())

/// One level deeper, around what has no brackets of its own.
let deeper (parser: Parser<'value>) : Parser<'value> =
    tooDeep >>. updateUserState (enter 0) >>. parser .>> updateUserState (leave 0)

/// `[` or `(`: from here on line ends are white space.
let openBracket (character: char) : Parser<SourceSpan> =
    followedBy (skipChar character)
    >>. tooDeep
    >>. updateUserState (enter 1)
    >>. symbol character
    <?> $"`{character}`"

/// `]` or `)`: counted before the white space behind it is eaten, so that a line's end ends the statement again.
let closeBracket (character: char) : Parser<SourceSpan> =
    token (skipChar character .>> updateUserState (leave 1)) (fun () span -> span)
    <?> $"`{character}`"

/// The braces of a block have statements inside, which take care of line ends themselves.
let openBrace: Parser<SourceSpan> =
    followedBy (skipChar '{')
    >>. tooDeep
    >>. updateUserState (enter 0)
    >>. token (skipChar '{') (fun () span -> span)
    <?> "`{`"

let closeBrace: Parser<SourceSpan> =
    token (skipChar '}' .>> updateUserState (leave 0)) (fun () span -> span)
    <?> "`}`"
