/// Texts in double quotes, with escapes, on one line.
module ParDsl.Parsing.TextParser

open System
open System.Globalization
open System.Text
open FParsec
open ParDsl.Diagnostics
open ParDsl.Source
open ParDsl.Syntax
open ParDsl.Parsing.Primitives

/// The character that an escape stands for and how long the escape is; no length where there is no such escape.
let private escape (text: string) offset =
    match Found.characterAt text (offset + 1) with
    | '"' -> struct ('"', 2)
    | '\\' -> struct ('\\', 2)
    | 'n' -> struct ('\n', 2)
    | 'r' -> struct ('\r', 2)
    | 't' -> struct ('\t', 2)
    | 'u' when offset + 6 <= text.Length ->
        let digits = text.AsSpan(offset + 2, 4)

        match Int32.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) with
        | true, code -> struct (char code, 6)
        | _ -> struct (' ', 0)
    | _ -> struct (' ', 0)

let private unclosed (file: SourceFile) start =
    let rest = file.Text.IndexOfAny([| '\r'; '\n' |], start)
    let finish = if rest < 0 then file.Text.Length else rest
    SyntaxErrors.unclosedText { File = file; Start = start; Length = finish - start }

let private badEscape (file: SourceFile) offset =
    let span = { File = file; Start = offset; Length = 1 + Found.lengthAt file.Text (offset + 1) |> min 2 }
    SyntaxErrors.badEscape span span.Text

/// The text from `position` on, and the offset behind its closing quote.
let rec private read (file: SourceFile) start position (builder: StringBuilder) =
    match Found.characterAt file.Text position with
    | '"' -> Result.Ok(struct (builder.ToString(), position + 1))
    | '\r'
    | '\n'
    | '\000' -> Result.Error(unclosed file start)
    | '\\' ->
        match escape file.Text position with
        | _, 0 when
            Found.endsLine file.Text (position + 1)
            && Found.characterAt file.Text (position + 1) < ' '
            ->
            Result.Error(unclosed file start)
        | _, 0 -> Result.Error(badEscape file position)
        | character, length -> read file start (position + length) (builder.Append character)
    | character -> read file start (position + 1) (builder.Append character)

/// A text's value, with its escapes resolved; the span holds the quotes.
let text: Parser<TextSyntax> =
    fun stream ->
        let start = offset stream
        let file = stream.UserState.File

        if stream.Peek() <> '"' then
            Reply(ReplyStatus.Error, expected "a text")
        else
            match read file start (start + 1) (StringBuilder()) with
            | Result.Error diagnostic -> mistake diagnostic stream
            | Result.Ok(struct (value, finish)) ->
                stream.Skip(finish - start)
                let span = spanFrom start stream
                whiteSpace stream |> ignore
                Reply({ Value = value; Span = span }: TextSyntax)
