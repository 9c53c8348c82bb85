module ParDsl.Dsl.Tests.DiagnosticScreenTests

open Xunit
open ParDsl.Diagnostics
open ParDsl.Printing
open ParDsl.Source

let private file text = { Path = "seed.pd"; Text = text }

let private spanOf (file: SourceFile) (words: string) = {
    File = file
    Start = file.Text.IndexOf(words, System.StringComparison.Ordinal)
    Length = words.Length
}

let private error span label = { Diagnostic.error "PD3004" span "a message" with Label = label }

let private lines (screen: string) = screen.Split '\n'

[<Fact>]
let ``the screen is the one that STYLE shows`` () =
    let file = file "data {\n  target [5]\n}\n\n\nmodel {\n  fc2: linear 2\n}\n"

    let diagnostic = {
        error (spanOf file "linear 2") "this layer gives 2" with
            Help = "write `fc2: linear 5`"
            Related = [ { Span = spanOf file "[5]"; Label = "the target has 5 values" } ]
    }

    let expected =
        "error PD3004: a message\n"
        + "  --> seed.pd:7:8\n"
        + "   |\n"
        + " 2 |   target [5]\n"
        + "   |          --- the target has 5 values\n"
        + " 7 |   fc2: linear 2\n"
        + "   |        ^^^^^^^^ this layer gives 2\n"
        + "   |\n"
        + "help: write `fc2: linear 5`\n"

    Assert.Equal(expected, DiagnosticScreen.print [ diagnostic ])

[<Fact>]
let ``the gutter is as wide as the largest line number`` () =
    let file = file (String.replicate 99 "\n" + "x")
    let screen = lines (DiagnosticScreen.print [ error (spanOf file "x") "" ])

    Assert.Equal<string array>(
        [|
            "error PD3004: a message"
            "    --> seed.pd:100:1"
            "     |"
            " 100 | x"
            "     | ^"
            ""
        |],
        screen
    )

[<Fact>]
let ``a mistake without a place has header and help only`` () =
    let diagnostic = { error SourceSpan.Nowhere "" with Help = "first\nsecond" }
    Assert.Equal("error PD3004: a message\nhelp: first\n      second\n", DiagnosticScreen.print [ diagnostic ])

[<Fact>]
let ``a warning says so, and an empty line stands between two diagnostics`` () =
    let warning = { error SourceSpan.Nowhere "" with Severity = Severity.Warning }

    Assert.Equal(
        "warning PD3004: a message\n\nwarning PD3004: a message\n",
        DiagnosticScreen.print [ warning; warning ]
    )

[<Fact>]
let ``two marks on one line show the line once`` () =
    let file = file "linear 2 bias=1"

    let diagnostic = {
        error (spanOf file "bias") "here" with
            Related = [ { Span = spanOf file "2"; Label = "and here" } ]
    }

    let screen = lines (DiagnosticScreen.print [ diagnostic ])

    Assert.Equal<string array>(
        [|
            " 1 | linear 2 bias=1"
            "   |        - and here"
            "   |          ^^^^ here"
        |],
        screen[3..5]
    )

[<Fact>]
let ``a mark in another file has that file's place above it`` () =
    let other = { Path = "--set"; Text = "train.batch=0" }

    let diagnostic = {
        error (spanOf (file "batch 3") "batch") "" with
            Related = [ { Span = spanOf other "0"; Label = "set here" } ]
    }

    Assert.Contains(
        "  --> --set:1:13\n   |\n 1 | train.batch=0\n   |             - set here\n",
        DiagnosticScreen.print [ diagnostic ]
    )

[<Fact>]
let ``a line of 7 MB is cut around the mark`` () =
    let file =
        file (String.replicate 1_000_000 "linear " + "@ " + String.replicate 10 "linear ")

    let screen = DiagnosticScreen.print [ error (spanOf file "@") "here" ]
    let source, marks = (lines screen)[3], (lines screen)[4]
    Assert.InRange(source.Length, 100, 130)
    Assert.Equal('@', source[marks.IndexOf '^'])
    Assert.Contains("…", source)

[<Fact>]
let ``tabs become spaces and the mark stays below its word`` () =
    let file = file "\tlinear\t@"
    let screen = lines (DiagnosticScreen.print [ error (spanOf file "@") "" ])
    Assert.Equal(" 1 |     linear    @", screen[3])
    Assert.Equal(screen[3].IndexOf '@', screen[4].IndexOf '^')

[<Fact>]
let ``what a message quotes of a file cannot steer the terminal`` () =
    let diagnostic = {
        Diagnostic.error "PD5010" SourceSpan.Nowhere "it holds `\u001b[31m\nx`" with
            Help = "one\u0007\ntwo"
    }

    Assert.Equal("error PD5010: it holds `�[31m�x`\nhelp: one�\n      two\n", DiagnosticScreen.print [ diagnostic ])

[<Fact>]
let ``a span over several lines is marked to the end of its first`` () =
    let file = file "model {\r\n}\r\n"
    let span = { File = file; Start = 0; Length = file.Text.Length }
    Assert.Equal("   | ^^^^^^^", (lines (DiagnosticScreen.print [ error span "" ]))[4])

[<Fact>]
let ``a mark at the end of the file stands behind its last character`` () =
    let file = file "model"
    let span = { File = file; Start = 5; Length = 0 }
    Assert.Equal("   |      ^", (lines (DiagnosticScreen.print [ error span "" ]))[4])
