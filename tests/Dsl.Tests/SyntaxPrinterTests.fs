module ParDsl.Dsl.Tests.SyntaxPrinterTests

open System
open System.IO
open Xunit
open ParDsl.Goldens
open ParDsl.Printing
open ParDsl.Source
open ParDsl.Syntax
open ParDsl.Dsl.Tests.Specs

let exampleFiles () =
    let files = TheoryData<string>()

    examples
    |> Array.iter (fun path -> files.Add(Path.GetRelativePath(Golden.Root, path)))

    files

let canonicalTexts () =
    let texts = TheoryData<string>()
    canonical |> Array.iter texts.Add
    texts

[<Theory>]
[<MemberData(nameof exampleFiles)>]
let ``an example stands as fmt writes it`` (path: string) =
    let text = read (Path.Combine(Golden.Root, path))
    Assert.Empty(codes text)
    Assert.Equal(text, format text)

[<Theory>]
[<MemberData(nameof exampleFiles)>]
let ``an example's tree is its golden`` (path: string) =
    let file = Path.Combine(Golden.Root, path)
    Golden.Check($"examples/{exampleName file}/syntax.txt", tree (read file))

[<Theory>]
[<MemberData(nameof canonicalTexts)>]
let ``a text as fmt writes it stays as it is`` (text: string) =
    Assert.Empty(codes text)
    Assert.Equal(text, format text)

[<Theory>]
[<InlineData("let x=1", "let x = 1\n")>]
[<InlineData("#a\n\n\n\n#\nx", "# a\n\n#\nx\n")>]
[<InlineData("model{a;b;;c }", "model { a; b; c }\n")>]
[<InlineData("model {\n\n a\n\n\n b\n\n}", "model {\n  a\n\n  b\n}\n")>]
[<InlineData("model { # net\n a } # end\n# last", "model {\n  # net\n  a\n} # end\n\n# last\n")>]
[<InlineData("x [1, # one\n 2]", "# one\nx [1, 2]\n")>]
[<InlineData("a { b } ; c", "a { b } c\n")>]
[<InlineData("train {\n a 1\n long_name 2\n b\n c 1; d 2\n e { f }\n}",
             "train {\n  a         1\n  long_name 2\n  b\n  c 1; d 2\n  e { f }\n}\n")>]
[<InlineData("model {\n a 1\n long_name 2\n}", "model {\n  a 1\n  long_name 2\n}\n")>]
[<InlineData("x 1E-3 1.50 ( (a) ) (((1+2))*3) 3epochs", "x 1e-3 1.50 a ((1 + 2) * 3) 3 epochs\n")>]
[<InlineData("x \"\\ud800\\ud83d\\ude00\\udc00\"", "x \"\\ud800😀\\udc00\"\n")>]
[<InlineData("x (10%\n3) (10%\t3) (10%\n) [10%\n, 3]", "x (10 % 3) (10 % 3) 10% [10%, 3]\n")>]
[<InlineData("let a = 1\nmodel {\n b\n}\nlet c = 2", "let a = 1\n\nmodel {\n  b\n}\n\nlet c = 2\n")>]
let ``a text is written in one form`` (text: string, expected: string) =
    Assert.Empty(codes text)
    Assert.Equal(expected, format text)
    Assert.Equal(expected, format expected)

[<Fact>]
let ``a block stays on one line up to 100 columns`` () =
    let block count =
        "model { " + String.Join("; ", Array.create count "linear 10") + " }\n"

    Assert.Equal(block 8, format (block 8))
    Assert.True((block 8).Length <= 101 && (block 9).Length > 101)
    Assert.StartsWith("model {\n  linear 10; linear 10", format (block 9))
    Assert.Equal(format (block 9), format (format (block 9)))

/// Work that doubled with every level would not end before the test's machine does.
[<Fact>]
let ``blocks as deep as may be are written in one line, or one a line`` () =
    let nested inner =
        String.replicate 100 "a { " + inner + String.replicate 100 "}" + "\n"

    let oneLine =
        "a { " + String.replicate 9 "a { " + "b" + String.replicate 10 " }" + "\n"

    Assert.Equal(oneLine, format (oneLine.Replace(" }", "}")))
    Assert.Equal(format (nested "b "), format (format (nested "b ")))
    Assert.Equal(format (nested ""), format (format (nested "")))

/// Trees that nobody wrote: no spans, so every number is printed from its value.
type private Trees(seed: int) =
    let random = Random seed
    let pick (choices: 'choice array) = choices[random.Next choices.Length]

    let name () : NameSyntax = {
        Text = pick [| "a"; "linear"; "fc_2"; "s"; "min"; "1f1b" |]
        Span = SourceSpan.Nowhere
    }

    let plainName () : NameSyntax = { Text = pick [| "a"; "linear"; "fc_2"; "steps" |]; Span = SourceSpan.Nowhere }

    member private _.Number() =
        let isInteger = random.Next 2 = 0
        let integer = random.NextInt64(-1000L, 1000L)

        let value =
            if isInteger then
                double integer
            else
                (random.NextDouble() - 0.5) * Math.Pow(10.0, random.Next(-20, 20))

        ExpressionSyntax.Number {
            Value = value
            IsInteger = isInteger
            Integer = (if isInteger then integer else 0L)
            Unit = pick [| ""; ""; "%"; "epochs"; "MiB" |]
            Span = SourceSpan.Nowhere
        }

    member this.Expression depth =
        match random.Next(if depth = 0 then 3 else 6) with
        | 0 -> this.Number()
        | 1 -> ExpressionSyntax.Name(name ())
        | 2 -> ExpressionSyntax.Text { Value = pick [| ""; "a b"; "\"\\\n\t\u0001é" |]; Span = SourceSpan.Nowhere }
        | 3 ->
            ExpressionSyntax.List {
                Items = Array.init (random.Next 4) (fun _ -> this.Expression(depth - 1))
                Span = SourceSpan.Nowhere
            }
        | 4 ->
            ExpressionSyntax.Unary {
                Operator = UnaryOperator.Negate
                Operand = this.Expression(depth - 1)
                Span = SourceSpan.Nowhere
            }
        | _ ->
            ExpressionSyntax.Binary {
                Operator = enum<BinaryOperator>(random.Next 11)
                Left = this.Expression(depth - 1)
                Right = this.Expression(depth - 1)
                Span = SourceSpan.Nowhere
            }

    member private this.Argument() : ArgumentSyntax = {
        Key = pick [| ""; ""; "key"; "min" |]
        KeySpan = SourceSpan.Nowhere
        Value = this.Expression 3
        Span = SourceSpan.Nowhere
    }

    member private _.Trivia() : StatementTrivia = {
        Leading = pick [| [||]; [||]; [| "" |]; [| " comment"; ""; "x" |] |]
        Trailing = pick [| ""; ""; ""; " behind" |]
        SharesLine = random.Next 2 = 0
        BlockOnOneLine = random.Next 2 = 0
        BeforeEnd = pick [| [||]; [||]; [| ""; " at the end" |] |]
        AfterLast = []
    }

    member private this.Block depth =
        Array.init (random.Next 4) (fun _ -> this.Statement(depth - 1))

    member this.Statement depth =
        let name = plainName ()
        let hasBlock = depth > 0 && random.Next 2 = 0

        StatementSyntax.Call {
            HasLabel = random.Next 4 = 0
            Label = plainName ()
            Name =
                (if depth = 2 && random.Next 3 = 0 then
                     { name with Text = "train" }
                 else
                     name)
            Arguments = Array.init (random.Next 4) (fun _ -> this.Argument())
            HasBlock = hasBlock
            Block = (if hasBlock then this.Block depth else [||])
            Span = SourceSpan.Nowhere
            HeadSpan = SourceSpan.Nowhere
            Trivia = this.Trivia()
        }

    member this.Program() : ProgramSyntax = {
        File = SourceSpan.Nowhere.File
        Statements = Array.init (1 + random.Next 5) (fun _ -> this.Statement 2)
    }

[<Fact>]
let ``a tree that is printed and parsed is the same tree, and is printed the same again`` () =
    for seed in 1..2000 do
        let program = Trees(seed).Program()
        let text = SyntaxPrinter.print program
        let result = parse text

        Assert.True(
            (result.Diagnostics.Count = 0),
            $"seed {seed}:\n{text}\n{DiagnosticScreen.print result.Diagnostics}"
        )

        Assert.Equal(SyntaxTreePrinter.print program, SyntaxTreePrinter.print result.Program)
        Assert.Equal(text, SyntaxPrinter.print result.Program)
