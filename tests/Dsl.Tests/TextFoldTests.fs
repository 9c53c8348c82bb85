module ParDsl.Dsl.Tests.TextFoldTests

open Xunit
open ParDsl.Printing

let private fold width hang text =
    TextFold.lines width hang text |> Array.ofSeq

[<Fact>]
let ``a line is broken between words and goes on further in`` () =
    Assert.Equal<string array>(
        [| "1,438 training"; "  samples, batch"; "  64" |],
        fold 16 2 "1,438 training samples, batch 64"
    )

[<Fact>]
let ``a line that fits is left alone, whatever spaces it has`` () =
    Assert.Equal<string array>([| "  batch   64  " |], fold 14 4 "  batch   64  ")

[<Fact>]
let ``nothing is folded where there is no terminal`` () =
    let text = String.replicate 1000 "word "
    Assert.Equal<string array>([| text |], fold TextFold.Unbounded 2 text)

[<Fact>]
let ``what is between backquotes stays together where a line holds it`` () =
    Assert.Equal<string array>([| "help: write"; "      `linear 5`" |], fold 18 6 "help: write `linear 5`")

[<Fact>]
let ``and is broken where none does`` () =
    Assert.Equal<string array>([| "`data 4;"; "  tensor 2`" |], fold 11 2 "`data 4; tensor 2`")

[<Fact>]
let ``a word longer than a line has one of its own`` () =
    Assert.Equal<string array>([| "in"; "  /usr/lib/libmpi.so"; "  here" |], fold 10 2 "in /usr/lib/libmpi.so here")

[<Fact>]
let ``columns count, not characters`` () =
    Assert.Equal<string array>([| "中文"; "中文" |], fold 8 0 "中文 中文")

[<Theory>]
[<InlineData("batch       64 = 1", 12)>]
[<InlineData("  note: no GPU", 4)>]
[<InlineData("a line of words", 2)>]
let ``a line goes on below the words behind its name`` (line, columns: int) =
    Assert.Equal(columns, TextFold.hangOf 40 line)

[<Theory>]
[<InlineData("abc", 3)>]
[<InlineData("中文字", 6)>]
[<InlineData("😀", 2)>]
[<InlineData("e\u0301", 1)>]
[<InlineData("ｆｕ", 4)>]
[<InlineData("äöß", 3)>]
let ``a letter takes the columns that a terminal gives it`` (text, columns: int) =
    Assert.Equal(columns, CharacterWidth.ofText text)
