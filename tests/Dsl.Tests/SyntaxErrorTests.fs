module ParDsl.Dsl.Tests.SyntaxErrorTests

open System.IO
open Xunit
open ParDsl.Goldens
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
            (Parser.parse reading.File).Diagnostics

    let found = diagnostics |> Seq.map _.Code |> Seq.distinct |> Seq.toList

    let expected =
        if name = "PD1039" then
            [ "PD1023"; "PD1039" ]
        else
            [ name.Substring(0, 6) ]

    Assert.Equal<string list>(expected, found)
