namespace ParDsl.Syntax

open System.Collections.Generic

/// The closed list of units that may follow a number. Singular and plural mean the same.
module NumberUnit =
    let durations = [ "epoch"; "epochs"; "step"; "steps" ]
    let sizes = [ "B"; "KB"; "MB"; "GB"; "KiB"; "MiB"; "GiB" ]
    let times = [ "ms"; "s"; "min"; "h" ]
    let percent = "%"

    let all: IReadOnlyList<string> =
        List.concat [ durations; sizes; times; [ percent ] ]

    let isUnit (word: string) =
        List.contains word durations
        || List.contains word sizes
        || List.contains word times
