/// An offset in a text comes in; what stands there goes out, in the words of a message.
module ParDsl.Parsing.Found

open System
open ParDsl.Source

let isNameStart character =
    Char.IsLetter character || character = '_'

let isNamePart character =
    Char.IsLetterOrDigit character || character = '_'

let isName (word: string) =
    word <> "" && isNameStart word[0] && Seq.forall isNamePart word

/// The statements that have a form of their own.
let private ownForms = [ "let"; "def"; "import" ]

/// Whether a file could give a statement this label; a script can write any text for one.
let isLabel (word: string) =
    isName word && not (List.contains word ownForms)

/// NUL stands for the end of the text, as no file that was read holds it.
let private endOfText = '\000'

let characterAt (text: string) offset =
    if offset < text.Length then text[offset] else endOfText

let private longestQuote = 40

let private wordLength (text: string) offset =
    let mutable finish = offset

    while finish - offset < longestQuote && isNamePart (characterAt text finish) do
        finish <- finish + 1

    finish - offset

let private isPair (text: string) offset =
    Char.IsHighSurrogate(characterAt text offset) && offset + 1 < text.Length

/// The length of what stands at an offset: a word, or one character.
let lengthAt (text: string) offset =
    if offset >= text.Length then 0
    elif isNamePart text[offset] then wordLength text offset
    elif isPair text offset then 2
    else 1

let spanAt (file: SourceFile) offset = { File = file; Start = offset; Length = lengthAt file.Text offset }

/// "`relu`", "a text", "the end of the line".
let wordsAt (text: string) offset =
    match characterAt text offset with
    | character when character = endOfText && offset >= text.Length -> "the end of the file"
    | '\n'
    | '\r'
    | '#' -> "the end of the line"
    | '"' -> "a text"
    | _ -> $"`{text.Substring(offset, lengthAt text offset)}`"

let startsValue character =
    isNamePart character || character = '"' || character = '[' || character = '('

let isOperator character = "+-*/%<>".Contains(character: char)

/// Whether a statement cannot go on from here, whatever is still open.
let endsStatement (text: string) offset =
    offset >= text.Length || "{};".Contains(text[offset]: char)

let endsLine (text: string) offset =
    endsStatement text offset || "\r\n#".Contains(text[offset]: char)

/// Whether the character belongs to no token of the language.
let isStray (text: string) offset =
    let character = characterAt text offset

    not (
        endsLine text offset
        || startsValue character
        || isOperator character
        || "]),:=! \t".Contains character
    )

/// Whether only white space stands before the offset on its line.
let isFirstInLine (text: string) offset =
    let mutable start = offset

    while start > 0 && (text[start - 1] = ' ' || text[start - 1] = '\t') do
        start <- start - 1

    start = 0 || text[start - 1] = '\n'

/// Whether a statement may start at the offset: on a new line, or behind `{`, `}` or `;`.
let startsStatement (text: string) offset =
    let mutable start = offset

    while start > 0 && (text[start - 1] = ' ' || text[start - 1] = '\t') do
        start <- start - 1

    start = 0 || "\n{};".Contains text[start - 1]

/// "`0.001`" of `0,001` whose comma stands at the offset, or "" where it stands between anything but digits.
let decimalComma (text: string) comma =
    let mutable start, finish = comma, comma + 1

    while start > 0 && Char.IsAsciiDigit text[start - 1] do
        start <- start - 1

    while Char.IsAsciiDigit(characterAt text finish) do
        finish <- finish + 1

    if start < comma && finish > comma + 1 then
        $"{text.Substring(start, comma - start)}.{text.Substring(comma + 1, finish - comma - 1)}"
    else
        ""
