/// Every keyword that the list names is there, and every one that is there is in the list.
module ParDsl.Tests.BuilderKeywordTests

open System.Reflection
open ParDsl
open ParDsl.Builders
open Xunit

let private keywordTypes = [
    typeof<BlockKeywords>
    typeof<LayerKeywords>
    typeof<CombinationKeywords>
    typeof<DataKeywords>
    typeof<TrainKeywords>
    typeof<LearningKeywords>
    typeof<ParallelKeywords>
]

let private withoutPrefix (name: string) =
    if name.StartsWith "get_" then name.Substring 4 else name

let private defined =
    [
        for keywords in keywordTypes do
            for method in keywords.GetMethods(BindingFlags.Public ||| BindingFlags.Static) do
                if method.DeclaringType = keywords then
                    withoutPrefix method.Name
    ]
    |> Set.ofList

/// Keywords that are no word of the file: blocks that F# needs, values that the file has units for, and second spellings.
let private ofScriptsAlone =
    set [
        "program"
        "layers"
        "layer"
        "percent"
        "parallel"
        "Float32"
        "Float64"
        "BFloat16"
        "Float16"
        "Add"
        "Concat"
        "Multiply"
        "replicas"
        "stages"
        "parts"
        "kibibytes"
        "mebibytes"
        "seconds"
        "minutes"
        "hours"
        "Optimizer"
        "Gradients"
        "Parameters"
        "Gpipe"
        "OneForwardOneBackward"
        "Interleaved"
        "ZeroBubble"
        "Auto"
    ]

[<Fact>]
let ``Every listed keyword can be written in a script`` () =
    for entry in Keywords.all do
        Assert.True(defined.Contains entry.Value, $"`{entry.Key}` of a file has no keyword `{entry.Value}`")

[<Fact>]
let ``Every keyword of a script is listed`` () =
    let listed = Set.ofSeq Keywords.all.Values

    for keyword in defined - ofScriptsAlone do
        let plain =
            if keyword.EndsWith "With" then
                keyword.Substring(0, keyword.Length - 4)
            else
                keyword

        Assert.True(listed.Contains plain, $"`{keyword}` is not in Keywords.all")

[<Fact>]
let ``Every keyword of a script that stands alone is there`` () = Assert.Empty(ofScriptsAlone - defined)
