/// Imports of files that stand here as texts: what they bring, in which order, and how their mistakes are shown.
module ParDsl.Dsl.Tests.ImportsTests

open Xunit
open ParDsl.Diagnostics
open ParDsl.Imports
open ParDsl.Parsing
open ParDsl.Printing
open ParDsl.Source

let private reader (files: (string * string) list) path =
    match List.tryFind (fst >> (=) path) files with
    | Some(_, text) -> { File = { Path = path; Text = text }; Diagnostics = [] }
    | None -> { File = { Path = path; Text = "" }; Diagnostics = [| ReadingErrors.missingFile path [] |] }

let private resolveAt path files text =
    Imports.resolve (reader files) (Parser.parse { Path = path; Text = text }).Program

let private resolve = resolveAt "spec.pd"

let private codesOf files text = [ for diagnostic in (resolve files text).Diagnostics -> diagnostic.Code ]

let private brings expected files text =
    let result = resolve files text
    Assert.Empty result.Diagnostics
    Assert.Equal(expected, SyntaxPrinter.print result.Program)

[<Fact>]
let ``what a file brings in stands in the place of its import`` () =
    let blocks = "def block(n) { linear n }\nlet b = 2\n"

    "let a = 1\nimport \"blocks.pd\"\nlet c = 3\n"
    |> brings "let a = 1\ndef block(n) { linear n }\nlet b = 2\nlet c = 3\n" [ "blocks.pd", blocks ]

[<Fact>]
let ``a file that two others import counts once`` () =
    let files = [
        "left.pd", "import \"sizes.pd\"\nlet left = size\n"
        "right.pd", "import \"sizes.pd\"\nlet right = size\n"
        "sizes.pd", "let size = 8\n"
    ]

    "import \"left.pd\"\nimport \"right.pd\"\nimport \"./left.pd\"\n"
    |> brings "let size = 8\nlet left = size\nlet right = size\n" files

[<Fact>]
let ``a path starts at the folder of the file that it is written in`` () =
    let files = [
        "specs/lib/blocks.pd", "import \"../sizes.pd\"\nlet b = 2\n"
        "specs/lib/../sizes.pd", "let size = 8\n"
    ]

    let result = resolveAt "specs/spec.pd" files "import \"lib/blocks.pd\"\nlet a = 1\n"

    Assert.Empty result.Diagnostics
    Assert.Equal("let size = 8\nlet b = 2\nlet a = 1\n", SyntaxPrinter.print result.Program)

[<Fact>]
let ``comments around an import and in its file stay`` () =
    "# ours\nimport \"sizes.pd\" # behind\n\nlet a = 1\n# end"
    |> brings "# ours\n# behind\n# theirs\nlet size = 8\n\nlet a = 1\n# end\n" [
        "sizes.pd", "# theirs\nlet size = 8\n# no more\n"
    ]

[<Fact>]
let ``comments behind an import that ends its file stay`` () =
    "let a = 1; import \"sizes.pd\"\n# end"
    |> brings "let a = 1\nlet size = 8\n# end\n" [ "sizes.pd", "let size = 8\n" ]

[<Theory>]
[<InlineData("import \"none.pd\"", "PD1060")>]
[<InlineData("import \"\"", "PD1060")>]
[<InlineData("import \"a\\u0000b.pd\"", "PD1060")>]
[<InlineData("import \"comments.pd\"", "PD1060")>]
[<InlineData("import \"circle.pd\"", "PD1061")>]
[<InlineData("import \"spec.pd\"", "PD1061")>]
[<InlineData("import \"x/../spec.pd\"", "PD1061")>]
[<InlineData("import \"model.pd\"", "PD1062")>]
[<InlineData("import \"wrong.pd\"", "PD1033")>]
let ``a mistake has its code`` (text: string, code: string) =
    let files = [
        "comments.pd", "# nothing\n"
        "circle.pd", "import \"other.pd\"\n"
        "other.pd", "import \"circle.pd\"\n"
        "model.pd", "let a = 1\nmodel { linear a }\n"
        "wrong.pd", "let a\n"
    ]

    Assert.Equal<string list>([ code ], codesOf files text)

[<Fact>]
let ``every mistake is told, each in its own file`` () =
    let files = [ "a.pd", "let = 3\nimport \"b.pd\"\n"; "b.pd", "data { }\nlet c = 1\n" ]
    let result = resolve files "import \"a.pd\"\nimport \"none.pd\"\n"

    let found = [
        for diagnostic in result.Diagnostics -> diagnostic.Code, diagnostic.Span.File.Path
    ]

    Assert.Equal<(string * string) list>([ "PD1032", "a.pd"; "PD1062", "b.pd"; "PD1060", "spec.pd" ], found)
    Assert.Equal("let c = 1\n", SyntaxPrinter.print result.Program)

[<Fact>]
let ``a circle is shown from its first file to the import that closes it`` () =
    let files = [
        "a.pd", "import \"b.pd\"\n"
        "b.pd", "import \"c.pd\"\n"
        "c.pd", "import \"b.pd\"\n"
    ]

    let found = Assert.Single((resolve files "import \"a.pd\"").Diagnostics)
    Assert.Contains("`b.pd` -> `c.pd` -> `b.pd`", found.Message)
    Assert.Equal("c.pd", found.Span.File.Path)
    Assert.Equal("b.pd", (Assert.Single found.Related).Span.File.Path)

[<Theory>]
[<InlineData("specs/spec.pd", "did you mean `blocks.pd`?")>]
[<InlineData("spec.pd", "did you mean `specs/blocks.pd`?")>]
let ``the help names a near file as the import would`` (path: string, help: string) =
    let missing path = {
        File = { Path = path; Text = "" }
        Diagnostics = [| ReadingErrors.missingFile path [ "specs/blocks.pd" ] |]
    }

    let program = (Parser.parse { Path = path; Text = "import \"blcks.pd\"" }).Program
    Assert.Equal(help, (Assert.Single (Imports.resolve missing program).Diagnostics).Help)

[<Fact>]
let ``an import inside a block is left for the checker`` () =
    "model { import \"none.pd\" }\n" |> brings "model { import \"none.pd\" }\n" []
