namespace ParDsl.Source

/// A text that the user wrote: a `.pd` file, a script, or the words of `--set`. `Path` is as the user gave it.
type SourceFile = { Path: string; Text: string }

/// A place as editors count it: both numbers start at 1, columns count UTF-16 units.
[<Struct>]
type TextPosition = { Line: int; Column: int }
