/// Numbers: `128`, `-1`, `1e-3`, `10%`, `25 MiB`, `3 epochs`; and words that start with a digit, such as `1f1b`.
module ParDsl.Parsing.NumberParser

open System
open System.Globalization
open FParsec
open ParDsl.Diagnostics
open ParDsl.Source
open ParDsl.Syntax
open ParDsl.Parsing.Primitives

let private skipWhile test (text: string) start =
    let mutable finish = start

    while finish < text.Length && test text[finish] do
        finish <- finish + 1

    finish

let private skipDigits text start = skipWhile Char.IsAsciiDigit text start

let private skipFraction text start =
    let digits = skipDigits text (start + 1)

    if Found.characterAt text start = '.' && digits > start + 1 then
        digits
    else
        start

let private skipExponent text start =
    let sign =
        if "+-".Contains(Found.characterAt text (start + 1)) then
            1
        else
            0

    let digits = skipDigits text (start + 1 + sign)

    let isExponent =
        "eE".Contains(Found.characterAt text start) && digits > start + 1 + sign

    if isExponent then digits else start

/// Where the number at `start` ends, by its own grammar, and where the word ends that it stands in.
let private scan (text: string) start =
    let first = if text[start] = '-' then start + 1 else start
    let whole = skipDigits text first

    let finish =
        if whole = first then
            first
        else
            skipExponent text (skipFraction text whole)

    let word =
        skipWhile (fun character -> Found.isNamePart character || character = '.') text finish

    struct (whole, finish, word)

/// A unit behind blanks, which is no key: in `clip 3 min=2`, `min` is one.
let private unitBehindBlanks (text: string) start =
    let isBlank character = character = ' ' || character = '\t'
    let first = skipWhile isBlank text start
    let last = skipWhile Found.isNamePart text first
    let next = skipWhile isBlank text last

    let isKey =
        Found.characterAt text next = '=' && Found.characterAt text (next + 1) <> '='

    if
        first > start
        && NumberUnit.isUnit (text.Substring(first, last - first))
        && not isKey
    then
        last
    else
        start

/// Inside brackets `10 % 3` and `10%3` are remainders: there `%` is a unit where no operand stands behind it.
let private isPercent (stream: Stream) offset =
    let text = text stream
    let next = skipWhile Char.IsWhiteSpace text (offset + 1)
    let first = Found.characterAt text next
    let second = Found.characterAt text (next + 1)

    let isOperand =
        Found.startsValue first
        || (first = '-' && (Found.startsValue second || second = '-'))

    Found.characterAt text offset = '%'
    && (stream.UserState.OpenBrackets = 0 || not isOperand)

let private malformed (word: string) span =
    let isUnit =
        Char.IsLetter word[0] && word <> "e" && word <> "E" && not (word.Contains '.')

    if isUnit then
        SyntaxErrors.unknownUnit span word (Suggestion.nearest NumberUnit.all word)
    else
        SyntaxErrors.malformedNumber span span.Text

/// Where the word that goes on at the offset begins, points included: `data.v2.csv`.
let private wordStart (text: string) offset =
    let mutable first = offset

    while first > 0 && (Found.isNamePart text[first - 1] || text[first - 1] = '.') do
        first <- first - 1

    first

/// A point right behind a name is no number's: the whole word is a text without quotes, or a name of another language.
let private malformedAt (stream: Stream) start attached word =
    let first = wordStart (text stream) start
    let span = { File = stream.UserState.File; Start = first; Length = word - first }

    if first < start && Found.characterAt (text stream) start = '.' then
        if Found.startsStatement (text stream) first then
            SyntaxErrors.nameWithPoint span span.Text
        else
            SyntaxErrors.textWithoutQuotes span span.Text
    else
        malformed attached { span with Start = start; Length = word - start }

let private whole (digits: string) span : Result<NumberSyntax, Diagnostic> =
    match Int64.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) with
    | true, value ->
        Result.Ok {
            Value = double value
            IsInteger = true
            Integer = value
            Unit = ""
            Span = span
        }
    | _ -> Result.Error(SyntaxErrors.integerTooLarge span digits)

let private decimal (digits: string) span : Result<NumberSyntax, Diagnostic> =
    let value = Double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture)

    if Double.IsFinite value then
        Result.Ok {
            Value = value
            IsInteger = false
            Integer = 0L
            Unit = ""
            Span = span
        }
    else
        Result.Error(SyntaxErrors.numberTooLarge span digits)

/// The number's unit, if it has one, and where it ends; or the mistake in what is attached to its digits.
let private unitOf (stream: Stream) start finish word =
    let text = text stream
    let attached = text.Substring(finish, word - finish)

    if attached = "" && isPercent stream finish then
        Result.Ok(struct (NumberUnit.percent, finish + 1))
    elif attached = "" then
        let last = unitBehindBlanks text finish
        Result.Ok(struct (text.Substring(finish, last - finish).Trim(), last))
    elif NumberUnit.isUnit attached then
        Result.Ok(struct (attached, word))
    else
        Result.Error(malformedAt stream start attached word)

let private readNumber (stream: Stream) start whole' finish word =
    let digits = (text stream).Substring(start, finish - start)
    let span = { File = stream.UserState.File; Start = start; Length = finish - start }

    let read =
        if whole' = finish then
            whole digits span
        else
            decimal digits span

    match unitOf stream start finish word, read with
    | Result.Error diagnostic, _
    | _, Result.Error diagnostic -> Result.Error diagnostic
    | Result.Ok(struct (unit, last)), Result.Ok number ->
        Result.Ok { number with Unit = unit; Span = { span with Length = last - start } }

/// `1f1b`: digits, then letters, then digits again.
let private isDigitName (text: string) start finish word =
    let attached = text.Substring(finish, word - finish)
    let digits = text.Substring(start, finish - start)

    Seq.forall Char.IsAsciiDigit digits
    && attached <> ""
    && Char.IsLetter attached[0]
    && Seq.exists Char.IsAsciiDigit attached
    && not (attached.Contains '.')

let private advanceTo last node (stream: Stream) =
    stream.Skip(last - offset stream)
    whiteSpace stream |> ignore
    Reply node

let private startsNumber (stream: Stream) =
    let first = stream.Peek()

    let isSigned =
        first = '-' && (Char.IsAsciiDigit(stream.Peek 1) || stream.Peek 1 = '.')

    Char.IsAsciiDigit first || first = '.' || isSigned

/// A number with its unit, or a name that starts with digits.
let number: Parser<ExpressionSyntax> =
    fun stream ->
        if not (startsNumber stream) then
            Reply(ReplyStatus.Error, expected "a number")
        else
            let start = offset stream
            let struct (whole, finish, word) = scan (text stream) start

            if isDigitName (text stream) start finish word then
                let span = { File = stream.UserState.File; Start = start; Length = word - start }
                advanceTo word (ExpressionSyntax.Name { Text = span.Text; Span = span }) stream
            else
                match readNumber stream start whole finish word with
                | Result.Ok number -> advanceTo number.Span.End (ExpressionSyntax.Number number) stream
                | Result.Error diagnostic -> mistake diagnostic stream
