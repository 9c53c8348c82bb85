namespace ParDsl.Parsing

open ParDsl.Diagnostics
open ParDsl.Source

/// What the parsers carry along beside the place in the text.
type ParserState = {
    File: SourceFile
    /// Every mistake so far, the newest first.
    Mistakes: Diagnostic list
    /// Comments inside brackets of the statement being read, the newest first: `fmt` puts them above the statement.
    Comments: string list
    /// How many brackets and parentheses are open: inside them a line's end is white space.
    OpenBrackets: int
    /// How many blocks, brackets and parentheses are open.
    Depth: int
}

module ParserState =
    /// Deeper nesting is a mistake: every later stage walks the tree by recursion.
    let deepest = 100

    /// More mistakes than this are not listed.
    let mostMistakes = 100

    let start file = {
        File = file
        Mistakes = []
        Comments = []
        OpenBrackets = 0
        Depth = 0
    }

    let has code state =
        state.Mistakes |> List.exists (fun mistake -> mistake.Code = code)
