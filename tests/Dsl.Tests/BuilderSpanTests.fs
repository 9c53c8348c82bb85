/// What the builders know of the script's text: these tests read their own lines.
module ParDsl.Tests.BuilderSpanTests

open ParDsl
open ParDsl.Syntax
open Xunit

let private calls (statements: StatementSyntax seq) = [
    for statement in statements do
        match statement with
        | StatementSyntax.Call call -> call
        | _ -> ()
]

let private layersOf (program: ProgramSyntax) =
    calls program.Statements
    |> List.filter (fun call -> call.Name.Text = "model")
    |> List.collect (fun call -> calls call.Block)

let private heads program =
    layersOf program |> List.map _.HeadSpan.Text

let private lineHere = __LINE__ |> int

[<Fact>]
let ``A statement stands on its own line of the script`` () =
    let sample =
        program {
            model {
                linear 10
                relu
            }
        }

    let lines = layersOf sample |> List.map _.HeadSpan.StartPosition.Line
    Assert.Equal<int list>([ lineHere + 7; lineHere + 8 ], lines)
    Assert.EndsWith("BuilderSpanTests.fs", sample.File.Path)

[<Fact>]
let ``A statement's span holds the keyword and its arguments, not its neighbours on the line`` () =
    let sample = program { model { [ linear 7; relu; linear 9 ] } } // relu

    Assert.Equal<string list>([ "linear 7"; "relu"; "linear 9" ], heads sample)

[<Fact>]
let ``A labelled layer's span starts at its label`` () =
    let sample = program { model { layer "fc2" (linear 10) } }
    let layer = List.exactlyOne (layersOf sample)

    Assert.Equal("layer \"fc2\" (linear 10)", layer.HeadSpan.Text)
    Assert.Equal("fc2", layer.Label.Text)
    Assert.Equal("\"fc2\"", layer.Label.Span.Text)
    Assert.Equal("linear", layer.Name.Span.Text)

[<Fact>]
let ``An argument's span is its key and value where both are written out`` () =
    let sample = program { model { conv2d (16, kernel = (3, 5), padding = 1) } }
    let layer = List.exactlyOne (layersOf sample)

    let spans = [
        for argument in layer.Arguments -> argument.Key, argument.Span.Text, argument.Value.Span.Text
    ]

    let expected = [
        "", "16", "16"
        "kernel", "kernel = (3, 5)", "(3, 5)"
        "padding", "padding = 1", "1"
    ]

    Assert.Equal<(string * string * string) list>(expected, spans)

[<Fact>]
let ``A value that comes from F# has the whole statement for its span`` () =
    let sample =
        program {
            model {
                for width in [ 64; 32 ] do
                    linear width
            }
        }

    Assert.Equal<string list>([ "linear width"; "linear width" ], heads sample)

    for layer in layersOf sample do
        Assert.Equal("linear width", layer.Arguments[0].Span.Text)

[<Fact>]
let ``A layer made elsewhere has the line that uses it`` () =
    let hidden = linear 10

    let sample = program { model { hidden } }

    Assert.Equal("let sample = program { model { hidden } }", List.exactlyOne (heads sample))

[<Fact>]
let ``A layer of a named block stands in the block`` () =
    let block = layers { linear 3 }
    let sample = program { model { block } }

    Assert.Equal<string list>([ "linear 3" ], heads sample)

[<Fact>]
let ``Without a file, as at the prompt, a span shows the statement in the file's words`` () =
    let model =
        BlockKeywords.model.Run((fun () -> [ layer "fc2" (linear 10) |> Builders.Entry.at "stdin" 4 ]), "stdin", 3)

    let sample = BlockKeywords.program.Run((fun () -> [ model ]), "stdin", 2)
    let layer = List.exactlyOne (layersOf sample)

    Assert.Equal("script", layer.HeadSpan.File.Path)
    Assert.Equal(4, layer.HeadSpan.StartPosition.Line)
    Assert.Equal("fc2: linear 10", layer.HeadSpan.Text)
    Assert.Equal("fc2", layer.Label.Span.Text)
