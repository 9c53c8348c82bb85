module ParDsl.Dsl.Tests.DiagnosticScreenWidthTests

open System
open Xunit
open ParDsl.Diagnostics
open ParDsl.Printing
open ParDsl.Source

let private spanOf (text: string) (words: string) = {
    File = { Path = "seed.pd"; Text = text }
    Start = text.IndexOf(words, StringComparison.Ordinal)
    Length = words.Length
}

let private error span label message = { Diagnostic.error "PD3004" span message with Label = label }

let private screen (columns: int) diagnostic =
    (DiagnosticScreen.printWithin columns [ diagnostic ]).TrimEnd('\n').Split '\n'

/// The columns in front of the first caret, and those in front of the marked text.
let private places (marked: string) (lines: string array) =
    let caret =
        lines |> Array.findIndex (fun line -> line.TrimStart(' ', '|').StartsWith '^')

    let source = lines[caret - 1]
    let before = source.Substring(0, source.IndexOf(marked, StringComparison.Ordinal))
    CharacterWidth.ofText before, lines[caret].IndexOf '^'

/// A line of 300 columns with the mistake at column 250.
let private long =
    String.replicate 49 "relu ;" + "xxx "
    |> fun text -> text.Substring(0, 249) + "@ " + String.replicate 7 "relu ; "

[<Theory>]
[<InlineData(40)>]
[<InlineData(60)>]
[<InlineData(80)>]
[<InlineData(120)>]
[<InlineData(200)>]
let ``no line is wider than the terminal and the carets stay below their word`` (columns: int) =
    for text in
        [
            long
            "\t\tlinear\t@"
            "let 中文字 = \"中文字😀\" @"
            "\"" + String.replicate 200 "字" + "\" @ relu"
        ] do
        let lines =
            error (spanOf text "@") "this is not part of the language" "the character `@` has no meaning here"
            |> screen columns

        Assert.All(lines, fun line -> Assert.InRange(CharacterWidth.ofText line, 0, columns))
        let marked, caret = places "@" lines
        Assert.Equal(marked, caret)

[<Fact>]
let ``a message goes on further in and its numbers stay whole`` () =
    let message =
        "the loss compares `fc2` of shape [32, 2] with a target of shape [32, 5]"

    Assert.Equal<string array>(
        [|
            "error PD3004: the loss compares `fc2` of"
            "  shape [32, 2] with a target of shape"
            "  [32, 5]"
        |],
        error SourceSpan.Nowhere "" message |> screen 40
    )

[<Fact>]
let ``a label without room beside its carets stands below them`` () =
    Assert.Equal<string array>(
        [| "   |          ---"; "   |       the target has 5 values" |],
        (error (spanOf "  target [5] # so far" "[5]") "the target has 5 values" "a message"
         |> screen 34)[4..]
        |> Array.map (fun line -> line.Replace('^', '-'))
    )

[<Fact>]
let ``help that is code stays together where a line holds it`` () =
    let diagnostic = {
        error SourceSpan.Nowhere "" "a message" with
            Help = "write `--gpus 4`, or `--set parallel.data=2`"
    }

    Assert.Equal<string array>(
        [| "help: write `--gpus 4`, or"; "      `--set parallel.data=2`" |],
        (screen 40 diagnostic)[1..]
    )

[<Fact>]
let ``a letter of two halves is not cut`` () =
    let text = String.replicate 200 "😀" + "@" + String.replicate 200 "😀"
    let lines = error (spanOf text "@") "" "a message" |> screen 41

    Assert.All(
        lines,
        fun line -> Assert.DoesNotContain("\uFFFD", Text.Encoding.UTF8.GetString(Text.Encoding.UTF8.GetBytes line))
    )
