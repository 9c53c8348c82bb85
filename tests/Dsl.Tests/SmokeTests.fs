module ParDsl.Tests.SmokeTests

open Xunit

[<Fact>]
let ``one`` () = Assert.Equal(2, 1 + 1)
