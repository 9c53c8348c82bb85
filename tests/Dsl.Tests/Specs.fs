/// The specs that tests read: the examples' files, and texts that use every corner of the language.
module ParDsl.Dsl.Tests.Specs

open System.IO
open ParDsl.Goldens
open ParDsl.Parsing
open ParDsl.Printing
open ParDsl.Source

let parse text =
    Parser.parse { Path = "spec.pd"; Text = text }

let codes text = [ for diagnostic in (parse text).Diagnostics -> diagnostic.Code ]

let tree text =
    SyntaxTreePrinter.print (parse text).Program

let format text =
    SyntaxPrinter.print (parse text).Program

/// The same text with LF, whatever the checkout made of it.
let read (path: string) =
    File.ReadAllText(path).ReplaceLineEndings "\n"

let examples =
    let folder = Path.Combine(Golden.Root, "examples")
    Directory.GetFiles(folder, "*.pd", SearchOption.AllDirectories) |> Array.sort

/// `01-digits` for a folder's first spec, `02-article-fixed` for the others.
let exampleName (path: string) =
    let folder = FileInfo(path).Directory
    let name = folder |> Option.ofObj |> Option.map _.Name |> Option.defaultValue ""

    let siblings =
        examples
        |> Array.filter (fun other -> FileInfo(other).DirectoryName = FileInfo(path).DirectoryName)

    if siblings[0] = path then
        name
    else
        $"{name}-{Path.GetFileNameWithoutExtension path}"

/// Specs that show the whole language; each is written as `fmt` writes it.
let canonical = [|
    "let width = 32\n\ndef conv_block(channels, kernel=3) {\n  conv2d channels kernel=kernel padding=1\n  batch_norm\n}\n\nmodel {\n  conv_block width\n  conv_block (2 * width)\n  linear 128; relu; dropout 0.25\n  fc2: linear 10\n}\n"
    "import \"blocks.pd\"\n\nmodel {\n  tokens: embedding 128\n  repeat 4 {\n    residual { layer_norm; attention heads=4 causal=true; dropout 0.1 }\n    residual { layer_norm; linear 512; gelu; linear 128 }\n  }\n  linear vocabulary tied=tokens\n}\n"
    "branches concat axis=1 { branch { a } branch { b } }\n"
    "parallel auto\nparallel { data 4; shard optimizer }\nparallel { pipeline 4 microbatches=8 schedule=1f1b at=[fc1, fc3] }\nparallel { data 2; pipeline 2 microbatches=4; tensor 2 }\nparallel { data 16; nodes 4 }\n"
    "# a file\n\n# of comments\nlet x = -1 # behind\n\ndata {\n  # above\n  source     csv \"a \\\"b\\\"\\\\\\n\"\n  input      [1, [2, 3]] scale=(1 / 255) shift=-1\n  validation 10%\n  a; b\n  c\n\n  # at the end\n}\n\n# below\n"
    "x 3 epochs 200 steps 25 MiB 1e-3 5 ms (s) (a + 2 * (3 - 4) % 5 - (6 - 7)) (-a) (-(1)) (a + 1 <= b) (10% * 2) [10%, 1 h]\n"
    "empty { } next\n"
|]
