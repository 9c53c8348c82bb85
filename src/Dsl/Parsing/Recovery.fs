/// A statement with a mistake comes in; the offset where reading goes on goes out: the statement's end, or the block
/// that it opens. So each mistake is told once, and those behind it too.
module ParDsl.Parsing.Recovery

/// A bracket's end is not looked for farther than this: the search must not cost more than the reading.
let private farthest = 4096

let private skipLine (text: string) offset =
    let next = text.IndexOf('\n', min offset text.Length)
    if next < 0 then text.Length else next

let private skipText (text: string) offset =
    let mutable next = offset + 1

    while next < text.Length && text[next] <> '"' && text[next] <> '\n' do
        next <- next + (if text[next] = '\\' then 2 else 1)

    if Found.characterAt text next = '"' then
        next + 1
    else
        min next text.Length

/// Behind the text, the comment or the character at an offset.
let private next (text: string) offset =
    match text[offset] with
    | '"' -> skipText text offset
    | '#' -> skipLine text offset
    | _ -> offset + 1

let private bracketStep character =
    match character with
    | '['
    | '(' -> 1
    | ']'
    | ')' -> -1
    | _ -> 0

/// How many brackets are open at `last`, counted from `first`.
let private openBrackets (text: string) first last =
    let mutable offset, depth = first, 0

    while offset < last do
        depth <- max 0 (depth + bracketStep text[offset])
        offset <- next text offset

    depth

/// The `=` between a key and its value, which is no part of `==`, `!=`, `<=` or `>=`.
let private isKeySign (text: string) offset =
    text[offset] = '='
    && Found.characterAt text (offset + 1) <> '='
    && not (offset > 0 && "=!<>".Contains text[offset - 1])

/// Where the open brackets are closed; -1 where a brace, a `;` or a key comes first, as in the next statement.
let private closingOffset (text: string) first depth =
    let limit = min text.Length (first + farthest)
    let mutable offset, depth = first, depth

    let isNextStatement offset =
        "{};:".Contains text[offset] || isKeySign text offset

    while depth > 0 && offset < limit && not (isNextStatement offset) do
        depth <- depth + bracketStep text[offset]
        offset <- next text offset

    if depth = 0 then offset else -1

let rec private statementEnd (text: string) offset =
    if offset >= text.Length || "{};\n".Contains text[offset] then
        offset
    else
        statementEnd text (next text offset)

/// Where to go on after a mistake at `mistake` in the statement that starts at `start`.
let resumeOffset (text: string) start mistake =
    let depth = openBrackets text start mistake

    let closing =
        if depth > 0 then
            closingOffset text mistake depth
        else
            mistake

    if closing >= 0 then statementEnd text closing
    elif Found.isFirstInLine text mistake then mistake
    else statementEnd text mistake

/// Behind the brace that closes the one at `start`, or the text's end: for blocks too deep to be read.
let behindBlock (text: string) start =
    let mutable offset, depth = start, 0
    let mutable isOpen = true

    while isOpen && offset < text.Length do
        depth <-
            depth
            + (if text[offset] = '{' then 1
               elif text[offset] = '}' then -1
               else 0)

        isOpen <- depth > 0
        offset <- next text offset

    offset
