namespace ParDsl.Source

open System

/// A run of characters in a file, by offsets. The arithmetic of lines and columns lives in this file alone.
type SourceSpan = {
    File: SourceFile
    Start: int
    Length: int
} with

    /// The span of a mistake that has no place in a text, such as a file that is not there.
    static member Nowhere = { File = { Path = ""; Text = "" }; Start = 0; Length = 0 }

    member span.IsNowhere = span.File.Path = ""

    member span.End = span.Start + span.Length

    /// The characters of the span, as they were written.
    member span.Text = span.File.Text.Substring(span.Start, span.Length)

    /// The same as a message quotes them: on one line, without comments.
    member span.Words = SourceWords.onOneLine span.Text

    member span.StartPosition = SourceSpan.PositionAt(span.File, span.Start)

    /// The position just behind the last character.
    member span.EndPosition = SourceSpan.PositionAt(span.File, span.End)

    /// The span from the start of this one to the end of `other`.
    member span.To(other: SourceSpan) = { span with Length = max span.Length (other.End - span.Start) }

    /// The line and column of an offset: lines end at `\n`, with or without `\r` before it.
    static member PositionAt(file: SourceFile, offset: int) : TextPosition =
        let offset = min offset file.Text.Length
        let before = file.Text.AsSpan(0, offset)
        { Line = 1 + before.Count('\n'); Column = offset - before.LastIndexOf('\n') }
