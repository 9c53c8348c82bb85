/// What two specs of one run differ in, a statement a line.
module ParDsl.Tests.SpecDifferencesTests

open ParDsl.Printing
open Xunit

let private before =
    """
let width = 32
data { source csv "a.csv"; target class 3 }
model { linear width; relu; repeat 2 { linear 8; relu }; linear 3 }
train { loss cross_entropy; optimizer adam lr=1e-3; epochs 5; batch 16; metric accuracy; checkpoint keep=3 }
parallel { data 2 }
"""

let private after (was: string) (is: string) =
    let now = before.Replace(was, is)
    Assert.NotEqual<string>(before, now)
    List.ofSeq (SpecDifferences.ofTexts before now)

[<Theory>]
[<InlineData("let width = 32", "let width = 64", "`let width = 32` became `let width = 64`")>]
[<InlineData("batch 16", "batch 32", "in `train`, `batch 16` became `batch 32`")>]
[<InlineData("lr=1e-3", "lr=2e-3", "in `train`, `optimizer adam lr=1e-3` became `optimizer adam lr=2e-3`")>]
[<InlineData("relu; repeat", "repeat", "in `model`, `relu` is gone")>]
[<InlineData("relu; repeat 2 { linear 8; relu };",
             "repeat 2 { linear 8; relu }; relu;",
             "in `model`, the same statements stand in another order")>]
[<InlineData("relu; repeat", "relu; relu; repeat", "in `model`, `relu` is new")>]
[<InlineData("linear width;", "linear width; dropout 0.5;", "in `model`, `dropout 0.5` is new")>]
[<InlineData("a.csv", "b.csv", "in `data`, `source csv \"a.csv\"` became `source csv \"b.csv\"`")>]
let ``One statement that changed is one line`` (was: string) (is: string) (line: string) =
    Assert.Equal<string list>([ line ], after was is)

[<Theory>]
[<InlineData("epochs 5", "epochs 9")>]
[<InlineData("epochs 5; ", "steps 900; ")>]
[<InlineData("metric accuracy; ", "")>]
[<InlineData("checkpoint keep=3", "checkpoint every=10 min")>]
[<InlineData("data 2", "pipeline 2")>]
[<InlineData("parallel { data 2 }", "parallel auto")>]
[<InlineData("let width = 32", "# wide\nlet width = 32")>]
let ``What a run may change when it goes on is none`` (was: string) (is: string) = Assert.Empty(after was is)

[<Fact>]
let ``A statement that stands twice is told each time it differs`` () =
    let lines =
        SpecDifferences.ofTexts "model { linear 8; linear 16 }" "model { linear 8; linear 24; linear 32 }"

    let expected = [
        "in `model`, `linear 16` is gone"
        "in `model`, `linear 24` is new"
        "in `model`, `linear 32` is new"
    ]

    Assert.Equal<string list>(expected, List.ofSeq lines)

[<Fact>]
let ``Of two statements that are the same one may go`` () =
    let lines =
        SpecDifferences.ofTexts "model { linear 8; relu; relu }" "model { linear 8; relu }"

    Assert.Equal<string list>([ "in `model`, `relu` is gone" ], List.ofSeq lines)
