module ParDsl.Dsl.Tests.SuggestionTests

open Xunit
open ParDsl.Diagnostics

let private layers = [ "linear"; "relu"; "gelu"; "silu"; "conv2d"; "cross_entropy"; "tanh" ]

[<Theory>]
[<InlineData("liner", "linear")>]
[<InlineData("lienar", "linear")>]
[<InlineData("Conv2D", "conv2d")>]
[<InlineData("crossentropy", "cross_entropy")>]
[<InlineData("conv", "conv2d")>]
[<InlineData("linear_layer", "linear")>]
let ``a misspelt name finds the one that was meant`` (written: string, meant: string) =
    Assert.Equal(meant, (Suggestion.nearest layers written)[0])

[<Theory>]
[<InlineData("attention")>]
[<InlineData("x")>]
[<InlineData("ta")>]
[<InlineData("")>]
let ``a name that is near to none finds none`` (written: string) =
    Assert.Empty(Suggestion.nearest layers written)

[<Fact>]
let ``names are listed as a sentence lists them`` () =
    Assert.Equal("", Suggestion.inWords [])
    Assert.Equal("`a`", Suggestion.inWords [ "a" ])
    Assert.Equal("`a`, `b` or `c`", Suggestion.inWords [ "a"; "b"; "c" ])
