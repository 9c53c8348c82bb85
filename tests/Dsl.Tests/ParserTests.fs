module ParDsl.Dsl.Tests.ParserTests

open System.Diagnostics
open Xunit
open ParDsl.Syntax
open ParDsl.Dsl.Tests.Specs

let private firstCall text =
    match Seq.head (parse text).Program.Statements with
    | StatementSyntax.Call call -> call
    | other -> failwith $"a call was expected: {other}"

[<Theory>]
[<InlineData("x 10%", "number 10%")>]
[<InlineData("x 3epochs", "number 3 epochs")>]
[<InlineData("x -1", "number -1")>]
[<InlineData("x 1e-3", "number 0.001")>]
[<InlineData("x 9223372036854775807", "number 9223372036854775807")>]
[<InlineData("x 1f1b", "name 1f1b")>]
[<InlineData("x \"\\u0041\\t\"", "text \"A\\t\"")>]
[<InlineData("x key = 3", "key = number 3")>]
[<InlineData("x clip=3 min=2", "clip = number 3\n  min = number 2")>]
[<InlineData("x (10 % 3)", "Remainder\n    number 10\n    number 3")>]
[<InlineData("x (10%3)", "Remainder\n    number 10\n    number 3")>]
[<InlineData("x (1 - 2 - 3)", "Subtract\n    Subtract\n      number 1\n      number 2\n    number 3")>]
[<InlineData("x (1 + 2 * 3)", "Add\n    number 1\n    Multiply\n      number 2\n      number 3")>]
[<InlineData("x (a < 1 + 2)", "Less\n    name a\n    Add\n      number 1\n      number 2")>]
[<InlineData("x (-a * 2)", "Multiply\n    Negate\n      name a\n    number 2")>]
[<InlineData("x [1,\n  # two\n 2,\n]", "list\n    number 1\n    number 2")>]
[<InlineData("x (1 +\n 2)", "Add\n    number 1\n    number 2")>]
let ``an argument is read as the tree says`` (text: string, expected: string) =
    Assert.Empty(codes text)
    Assert.Equal($"statement x\n  {expected}\n", tree text)

[<Fact>]
let ``line ends of Windows are line ends`` () =
    Assert.Empty(codes "model {\r\n  linear 3 # c\r\n  relu\r\n}\r\n")
    Assert.Equal(tree "model {\n linear 3\n relu\n}", tree "model {\r\n  linear 3 # c\r\n  relu\r\n}\r\n")

[<Fact>]
let ``a head's span has no block and a statement's has it`` () =
    let call = firstCall "  fc: linear (2 * w)  {\n a\n}  "
    Assert.Equal("fc: linear (2 * w)", call.HeadSpan.Text)
    Assert.Equal("fc: linear (2 * w)  {\n a\n}", call.Span.Text)
    Assert.Equal("(2 * w)", call.Arguments[0].Span.Text)

[<Fact>]
let ``a keyed argument's spans are the key, the value and both`` () =
    let argument = (firstCall "adam lr=1e-3 beta=2").Arguments[0]
    Assert.Equal("lr=1e-3", argument.Span.Text)
    Assert.Equal("lr", argument.KeySpan.Text)
    Assert.Equal("1e-3", argument.Value.Span.Text)

[<Fact>]
let ``a number's span holds its unit`` () =
    Assert.Equal("200 steps", (firstCall "warm 200 steps").Arguments[0].Span.Text)

[<Fact>]
let ``every mistake of a file is told, in the order of the file`` () =
    let text =
        "model {\n linear @ 3\n fc2:\n linear 10, bias\n relu lr=\n x 1.2.3\n z \"abc\n q \"\\d\"\n good 3\n}}\ny [1 2]\nlet 3\n"

    let expected = [
        "PD1023"
        "PD1021"
        "PD1030"
        "PD1017"
        "PD1016"
        "PD1011"
        "PD1012"
        "PD1019"
        "PD1029"
        "PD1032"
    ]

    Assert.Equal<string list>(expected, codes text)
    Assert.Contains("statement good", tree text)

[<Fact>]
let ``a mistake in a statement's head does not hide those in its block`` () =
    Assert.Equal<string list>([ "PD1023"; "PD1017" ], codes "repeat @ 3 {\n linear x=\n}\nrelu\n")

[<Theory>]
[<InlineData("data {\n input [1, 28\n target class 10\n}", "PD1024")>]
[<InlineData("x [1,\n @,\n name,\n 3]\ny 3", "PD1023")>]
[<InlineData("x (1 +\n @\n) \ny 3", "PD1023")>]
[<InlineData("model { linear (2 * 3 }\ny 3", "PD1025")>]
[<InlineData("model {\n repeat 3 {\n linear 3\n}\ntrain { x 1 }\n", "PD1018")>]
[<InlineData("a {\n b {\n c {\n", "PD1018")>]
[<InlineData("x \"a # b\nmodel { }", "PD1011")>]
let ``one mistake gives one diagnostic`` (text: string, code: string) =
    Assert.Equal<string list>([ code ], codes text)

let private repeated count (text: string) = String.replicate count text

[<Fact>]
let ``10,000 nested blocks give one diagnostic, closed or not`` () =
    Assert.Equal<string list>([ "PD1026" ], codes (repeated 10_000 "a { " + repeated 10_000 "}"))
    Assert.Equal<string list>([ "PD1026" ], codes (repeated 10_000 "a {\n"))

[<Theory>]
[<InlineData("(")>]
[<InlineData("[")>]
[<InlineData("(-")>]
let ``10,000 nested brackets give one diagnostic`` (bracket: string) =
    Assert.Equal<string list>([ "PD1026" ], codes ("x " + repeated 10_000 bracket + "\ny 3"))

[<Fact>]
let ``10,000 minus signs and a sum of 10,000 give one diagnostic`` () =
    Assert.Equal<string list>([ "PD1026" ], codes ("x (" + repeated 10_000 "-" + "1)\ny 3"))
    Assert.Equal<string list>([ "PD1027" ], codes ("x (1" + repeated 10_000 "+1" + ")\ny 3"))

[<Fact>]
let ``reading stops at 100 mistakes`` () =
    let found = codes (repeated 100_000 "@\n")
    Assert.Equal(101, found.Length)
    Assert.Equal("PD1039", List.last found)

[<Fact>]
let ``a single line of 7 MB is read in reasonable time`` () =
    let watch = Stopwatch.StartNew()
    let result = parse ("x [" + repeated 2_300_000 "1, " + "]")
    Assert.Empty result.Diagnostics
    Assert.True(watch.Elapsed.TotalSeconds < 60.0, $"{watch.Elapsed.TotalSeconds} s")
