module ParDsl.Dsl.Tests.SourceReaderTests

open System
open System.Diagnostics
open System.IO
open Xunit
open ParDsl.Source

/// A folder of its own for one test, removed behind it.
let private inFolder test =
    let folder = Directory.CreateTempSubdirectory "pardsl-reader-"

    try
        test folder.FullName
    finally
        folder.Delete true

let private codeOf path = [ for diagnostic in (SourceReader.read path).Diagnostics -> diagnostic.Code ]

let private readBytes (bytes: byte array) =
    inFolder (fun folder ->
        let path = Path.Combine(folder, "spec.pd")
        File.WriteAllBytes(path, bytes)
        SourceReader.read path)

[<Fact>]
let ``a missing file is told with the near names of its folder`` () =
    inFolder (fun folder ->
        File.WriteAllText(Path.Combine(folder, "digits.pd"), "x")

        let diagnostic =
            Assert.Single((SourceReader.read (Path.Combine(folder, "digts.pd"))).Diagnostics)

        Assert.Equal("PD1001", diagnostic.Code)
        Assert.Contains("digits.pd", diagnostic.Help))

[<Fact>]
let ``a missing folder is a missing file`` () =
    Assert.Equal<string list>([ "PD1001" ], codeOf "/no/such/folder/spec.pd")

[<Fact>]
let ``a folder is told with the specs in it`` () =
    inFolder (fun folder ->
        File.WriteAllText(Path.Combine(folder, "digits.pd"), "x")
        let diagnostic = Assert.Single((SourceReader.read folder).Diagnostics)
        Assert.Equal("PD1002", diagnostic.Code)
        Assert.Contains("digits.pd", diagnostic.Help))

[<Fact>]
let ``an empty file is told`` () =
    Assert.Equal("PD1003", Assert.Single((readBytes [||]).Diagnostics).Code)

[<Theory>]
[<InlineData("model\000", "byte 5 ")>]
[<InlineData("\u00e9\000", "byte 2 ")>]
let ``a file with a NUL byte is told with the byte's place`` (text: string, place: string) =
    let diagnostic =
        Assert.Single((readBytes (Text.Encoding.UTF8.GetBytes text)).Diagnostics)

    Assert.Equal("PD1004", diagnostic.Code)
    Assert.Contains(place, diagnostic.Message)

[<Fact>]
let ``bytes that are not UTF-8 are told`` () =
    Assert.Equal("PD1004", Assert.Single((readBytes [| 97uy; 0xffuy; 98uy |]).Diagnostics).Code)

[<Fact>]
let ``a file of 100 MB is refused at once`` () =
    inFolder (fun folder ->
        let path = Path.Combine(folder, "large.pd")

        using (File.Create path) (fun file -> file.SetLength 100_000_000L)

        let watch = Stopwatch.StartNew()
        Assert.Equal<string list>([ "PD1005" ], codeOf path)
        Assert.True(watch.ElapsedMilliseconds < 500L, $"{watch.ElapsedMilliseconds} ms"))

[<Fact>]
let ``a file without end is refused`` () =
    if not (OperatingSystem.IsLinux()) then
        Assert.Skip "needs /dev/zero"

    Assert.Equal<string list>([ "PD1005" ], codeOf "/dev/zero")

[<Fact>]
let ``a file whose reading fails is told`` () =
    if not (OperatingSystem.IsLinux()) then
        Assert.Skip "needs /proc/self/mem"

    Assert.Equal<string list>([ "PD1006" ], codeOf "/proc/self/mem")

[<Fact>]
let ``a byte order mark is no part of the text`` () =
    let reading = readBytes (Array.append [| 0xefuy; 0xbbuy; 0xbfuy |] "model"B)
    Assert.Equal("model", reading.File.Text)
    Assert.Empty reading.Diagnostics

[<Fact>]
let ``a stream is read as a file is`` () =
    let read (bytes: byte array) =
        SourceReader.readStream "<stdin>" (new MemoryStream(bytes))

    let codes bytes = [ for diagnostic in (read bytes).Diagnostics -> diagnostic.Code ]
    let reading = read (Array.append [| 0xefuy; 0xbbuy; 0xbfuy |] "model"B)
    Assert.Equal({ Path = "<stdin>"; Text = "model" }, reading.File)
    Assert.Equal<string list>([ "PD1004" ], codes [| 97uy; 0xf6uy; 98uy |])
    Assert.Equal<string list>([ "PD1003" ], codes [||])
    Assert.Equal<string list>([ "PD1005" ], codes (Array.create 9_000_000 97uy))
