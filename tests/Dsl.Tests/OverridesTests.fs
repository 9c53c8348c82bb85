module ParDsl.Dsl.Tests.OverridesTests

open Xunit
open ParDsl.Overrides
open ParDsl.Printing
open ParDsl.Dsl.Tests.Specs

let private spec =
    "let width = 32\n\ndata { source synthetic 64 seed=1 }\nmodel { linear width; out: linear 2 }\ntrain { batch 64; optimizer adam lr=1e-3 }\nparallel auto\n"

let private apply overrides =
    Overrides.apply (parse spec).Program overrides

let private codesOf overrides = [ for diagnostic in (apply overrides).Diagnostics -> diagnostic.Code ]

[<Theory>]
[<InlineData("width=64", "let width = 64")>]
[<InlineData("width=(2 * 32)", "let width = (2 * 32)")>]
[<InlineData("train.batch=256", "train { batch 256; optimizer")>]
[<InlineData("train.epochs=3", "lr=1e-3; epochs 3 }")>]
[<InlineData("train.optimizer.lr=1e-2", "optimizer adam lr=1e-2 }")>]
[<InlineData("train.optimizer.momentum=0.9", "adam lr=1e-3 momentum=0.9")>]
[<InlineData("train.optimizer=sgd", "optimizer sgd lr=1e-3")>]
[<InlineData("train.checkpoint.every=50 steps", "checkpoint every=50 steps")>]
[<InlineData("data.source.seed=3", "source synthetic 64 seed=3")>]
[<InlineData("model.out=10", "out: linear 10")>]
[<InlineData("data.input=[1, 28, 28]", "input [1, 28, 28]")>]
let ``a set value stands where the place says`` (written: string, expected: string) =
    let result = apply [ written ]
    Assert.Empty result.Diagnostics
    let text = SyntaxPrinter.print result.Program
    Assert.True(text.Contains expected, text)

[<Fact>]
let ``a block takes the place of what its statement said without one`` () =
    let text = SyntaxPrinter.print (apply [ "parallel.data=2" ]).Program
    Assert.Contains("parallel {\n  data 2\n}", text)
    Assert.DoesNotContain("auto", text)

[<Fact>]
let ``a missing block is added`` () =
    Assert.Contains("extra {\n  key 1\n}", SyntaxPrinter.print (apply [ "extra.key=1" ]).Program)

[<Fact>]
let ``later values win`` () =
    Assert.Contains("batch 2;", SyntaxPrinter.print (apply [ "train.batch=1"; "train.batch=2" ]).Program)

[<Theory>]
[<InlineData("train.batch", "PD1040")>]
[<InlineData("", "PD1040")>]
[<InlineData("train..batch=1", "PD1041")>]
[<InlineData("=1", "PD1041")>]
[<InlineData("3.x=1", "PD1041")>]
[<InlineData("widht=1", "PD1042")>]
[<InlineData("train.batch=1 2", "PD1043")>]
[<InlineData("model.linear=1", "PD1044")>]
[<InlineData("train.batch=", "PD1017")>]
[<InlineData("train.batch=\"x", "PD1011")>]
[<InlineData("train.batch=[1", "PD1024")>]
[<InlineData("train.batch=2 * 3", "PD1028")>]
[<InlineData("train.batch=@", "PD1023")>]
let ``a mistake in a set value has its code and changes nothing`` (written: string, code: string) =
    Assert.Equal<string list>([ code ], codesOf [ written ])
    Assert.Equal(tree spec, SyntaxTreePrinter.print (apply [ written ]).Program)

[<Fact>]
let ``a mistake shows the words of its own set`` () =
    let screen = DiagnosticScreen.print (apply [ "widht=1" ]).Diagnostics
    Assert.Contains("  --> --set:1:1\n   |\n 1 | widht=1\n   | ^^^^^", screen)
    Assert.Contains("did you mean `width`?", screen)

[<Fact>]
let ``every mistake is told`` () =
    Assert.Equal<string list>([ "PD1040"; "PD1042" ], codesOf [ "a"; "b=1"; "width=1" ])
