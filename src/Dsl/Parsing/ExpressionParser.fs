/// Values: numbers, texts, names, lists, and expressions in parentheses.
module ParDsl.Parsing.ExpressionParser

open FParsec
open ParDsl.Diagnostics
open ParDsl.Source
open ParDsl.Syntax
open ParDsl.Parsing.Primitives

/// The mistake where something else was expected: a stray character, an operator, or whatever stands here.
let unexpected (expectation: string) (stream: Stream) =
    let file, offset = stream.UserState.File, offset stream
    let span = Found.spanAt file offset

    if Found.isStray file.Text offset then
        SyntaxErrors.strayCharacter span span.Text
    elif Found.isOperator (Found.characterAt file.Text offset) then
        SyntaxErrors.bareOperator span span.Text
    else
        SyntaxErrors.unexpected span expectation (Found.wordsAt file.Text offset)

let private value, private valueReference =
    createParserForwardedToRef<ExpressionSyntax, ParserState>()

/// Whether the bracket's end cannot be near: the file or statement ends, or another statement's line begins.
let private isLeft (text: string) offset =
    let startsLine =
        Found.isFirstInLine text offset
        && Found.isNameStart (Found.characterAt text offset)

    Found.endsStatement text offset || startsLine

let private afterItem opening (stream: Stream) =
    let file, offset = stream.UserState.File, offset stream
    let span, words = Found.spanAt file offset, Found.wordsAt file.Text offset

    if isLeft file.Text offset then
        SyntaxErrors.unclosedList opening span words
    elif Found.startsValue (Found.characterAt file.Text offset) then
        SyntaxErrors.missingComma span words
    else
        unexpected "`,` or `]`" stream

let private separator opening : Parser<unit> =
    choice [
        symbol ',' |>> ignore
        followedBy (skipChar ']')
        mistakeHere (afterItem opening)
    ]

let private atItem opening (stream: Stream) =
    let file, offset = stream.UserState.File, offset stream

    if Found.endsStatement file.Text offset then
        SyntaxErrors.unclosedList opening (Found.spanAt file offset) (Found.wordsAt file.Text offset)
    else
        unexpected "a value or `]`" stream

let private list: Parser<ExpressionSyntax> =
    let finish opening =
        closeBracket ']' <|> mistakeHere (atItem opening)

    let items opening =
        many (value .>> separator opening) .>>. finish opening

    openBracket '['
    >>= fun opening ->
        items opening
        |>> fun (items, closing) -> ExpressionSyntax.List { Items = List.toArray items; Span = opening.To closing }

let private missingOperand (stream: Stream) =
    let file, offset = stream.UserState.File, offset stream
    let span = Found.spanAt file offset

    if Found.isStray file.Text offset then
        SyntaxErrors.strayCharacter span span.Text
    else
        SyntaxErrors.missingOperand span (Found.wordsAt file.Text offset)

let private operand, private operandReference =
    createParserForwardedToRef<ExpressionSyntax, ParserState>()

let private negation: Parser<ExpressionSyntax> =
    symbol '-' .>>. deeper operand
    |>> fun (minus, operand) ->
        ExpressionSyntax.Unary { Operator = UnaryOperator.Negate; Operand = operand; Span = minus.To operand.Span }

operandReference.Value <- choice [ value; negation; mistakeHere missingOperand ]

let private binary (left: ExpressionSyntax) (operator, right: ExpressionSyntax) =
    ExpressionSyntax.Binary {
        Operator = operator
        Left = left
        Right = right
        Span = left.Span.To right.Span
    }

/// Operators of one precedence, from left to right; a longer row would be a deeper tree than later stages can walk.
let private row (operand: Parser<ExpressionSyntax>) (operator: Parser<BinaryOperator>) : Parser<ExpressionSyntax> =
    operand .>>. many (operator .>>. operand)
    >>= fun (first, rest) ->
        match List.tryItem ParserState.deepest rest with
        | Some(_, operand) -> mistake (SyntaxErrors.expressionTooLong operand.Span ParserState.deepest)
        | None -> preturn (List.fold binary first rest)

let private operator (written: string) (operator: BinaryOperator) : Parser<BinaryOperator> =
    token (stringReturn written operator) (fun operator _ -> operator)
    <?> "an operator"

let private product =
    choice [
        operator "*" BinaryOperator.Multiply
        operator "/" BinaryOperator.Divide
        operator "%" BinaryOperator.Remainder
    ]

let private sum =
    operator "+" BinaryOperator.Add <|> operator "-" BinaryOperator.Subtract

let private comparison =
    choice [
        operator "<=" BinaryOperator.LessOrEqual
        operator "<" BinaryOperator.Less
        operator ">=" BinaryOperator.GreaterOrEqual
        operator ">" BinaryOperator.Greater
        operator "==" BinaryOperator.Equal
        operator "!=" BinaryOperator.NotEqual
    ]

let private expression: Parser<ExpressionSyntax> =
    row (row (row operand product) sum) comparison

let private afterExpression opening (stream: Stream) =
    let file, offset = stream.UserState.File, offset stream
    let span = Found.spanAt file offset

    if isLeft file.Text offset then
        SyntaxErrors.unclosedParenthesis opening span (Found.wordsAt file.Text offset)
    elif Found.characterAt file.Text offset = ',' then
        SyntaxErrors.commaBetweenArguments span
    else
        unexpected "an operator or `)`" stream

let private parentheses: Parser<ExpressionSyntax> =
    let finish opening =
        closeBracket ')' <|> mistakeHere (afterExpression opening)

    openBracket '(' >>= fun opening -> expression .>> finish opening

valueReference.Value <-
    choice [
        NumberParser.number
        TextParser.text |>> ExpressionSyntax.Text
        name |>> ExpressionSyntax.Name
        list
        parentheses
    ]
    <?> "a value"

/// One value: what stands behind `key=`, or alone as an argument.
let valueParser: Parser<ExpressionSyntax> = value
