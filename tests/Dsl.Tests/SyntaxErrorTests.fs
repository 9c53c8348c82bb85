module ParDsl.Dsl.Tests.SyntaxErrorTests

open System.IO
open Xunit
open ParDsl.Goldens
open ParDsl.Imports
open ParDsl.Parsing
open ParDsl.Source

let private folder = Path.Combine(Golden.Root, "tests", "Goldens", "diagnostics")

/// The goldens of syntax mistakes that `pardsl check input.pd` shows.
let cases () =
    let names = TheoryData<string>()

    for path in Directory.GetDirectories(folder, "PD10*") |> Array.sort do
        if not (File.Exists(Path.Combine(path, "arguments.txt"))) then
            names.Add(DirectoryInfo(path).Name)

    names

[<Theory>]
[<MemberData(nameof cases)>]
let ``a golden's input provokes its code and no other`` (name: string) =
    let reading = SourceReader.read (Path.Combine(folder, name, "input.pd"))

    let diagnostics =
        if reading.Diagnostics.Count > 0 then
            reading.Diagnostics
        else
            let parsed = Parser.parse reading.File

            Seq.append parsed.Diagnostics (Imports.fromFiles parsed.Program).Diagnostics
            |> Seq.toArray
            :> _

    let found = diagnostics |> Seq.map _.Code |> Seq.distinct |> Seq.toList

    let expected =
        if name = "PD1039" then
            [ "PD1023"; "PD1039" ]
        else
            [ name.Substring(0, 6) ]

    Assert.Equal<string list>(expected, found)

let private onlyMistake (text: string) =
    let result = Parser.parse { Path = "spec.pd"; Text = text }
    Assert.Single(result.Diagnostics)

[<Theory>]
[<InlineData("source csv digits.csv", "digits.csv")>]
[<InlineData("source csv digits.v2.csv header=true", "digits.v2.csv")>]
let ``a path without quotes is shown as a whole, and written with them`` (statement: string, path: string) =
    let found = onlyMistake $"data {{ {statement} }}"
    Assert.Equal(path, found.Span.Text)
    Assert.Equal($"write `\"{path}\"`", found.Help)

/// A comparison's sign is no key's: the parenthesis is still looked for behind it.
[<Theory>]
[<InlineData("let a = (1 2\n == 3)\nlet b = 4", "2")>]
[<InlineData("let a = (1 2\n >= 3\n != 4)\nlet b = 4", "2")>]
[<InlineData("x (1 2\ny a=3\nlet b = 4", "2")>]
let ``a mistake in an expression of several lines is told once`` (text: string, place: string) =
    Assert.Equal(place, (onlyMistake text).Span.Text)

[<Fact>]
let ``a percentage with a space is told how to be written`` () =
    Assert.Contains("`10%`", (onlyMistake "data { validation 10 % }").Help)
