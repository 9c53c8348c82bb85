namespace ParDsl.Diagnostics

open System
open System.Collections.Generic

/// A misspelt name and the names that could have been meant come in; those near enough go out, the nearest first.
module Suggestion =
    /// Damerau-Levenshtein (optimal string alignment): insertions, deletions, changes and swaps of neighbours. Of the table only
    /// three rows are needed at a time.
    let private distance (left: string) (right: string) =
        let mutable twoBefore = Array.zeroCreate (right.Length + 1)
        let mutable before = Array.init (right.Length + 1) id
        let mutable row = Array.zeroCreate (right.Length + 1)

        for i in 1 .. left.Length do
            row[0] <- i

            for j in 1 .. right.Length do
                let change = if left[i - 1] = right[j - 1] then 0 else 1
                let plain = min (min (before[j] + 1) (row[j - 1] + 1)) (before[j - 1] + change)

                let swaps =
                    i > 1 && j > 1 && left[i - 1] = right[j - 2] && left[i - 2] = right[j - 1]

                row[j] <- if swaps then min plain (twoBefore[j - 2] + 1) else plain

            let free = twoBefore
            twoBefore <- before
            before <- row
            row <- free

        before[right.Length]

    /// A third of the letters may be wrong, one at least: `relo` for `relu`, `crossentropy` for `cross_entropy`.
    let private allowed (name: string) = max 1 ((name.Length + 1) / 3)

    /// No name that a person types is longer; a longer one is not worth a table.
    let private longestName = 100

    /// Fewer letters begin too many names.
    let private fewestShared = 3

    /// Whether one of the two begins the other: `batch_size` and `batch`, `vocab` and `vocabulary`.
    let private beginsLike (candidate: string) (name: string) =
        let shorter = min candidate.Length name.Length

        shorter >= fewestShared
        && candidate.AsSpan(0, shorter).SequenceEqual(name.AsSpan(0, shorter))

    /// The names in small letters, with their candidates. Each letter that one has more than the other is a step.
    let private scored (candidates: (string * string) list) (name: string) =
        let most = allowed name

        candidates
        |> List.filter (fun (lower, _) -> abs (lower.Length - name.Length) <= most)
        |> List.map (fun (lower, candidate) -> distance lower name, candidate)
        |> List.filter (fun (steps, candidate) -> steps <= most && steps < candidate.Length)
        |> List.sort
        |> List.map snd

    /// The candidates near enough to `name`, the nearest first, at most three; where none is, those of which it is the
    /// beginning, or that are its own. Upper and lower case count as the same.
    let nearest (candidates: string seq) (name: string) : IReadOnlyList<string> =
        let lower = name.ToLowerInvariant()

        let known =
            candidates
            |> Seq.distinct
            |> Seq.filter (fun candidate -> name.Length <= longestName && candidate.Length <= longestName)
            |> Seq.map (fun candidate -> candidate.ToLowerInvariant(), candidate)
            |> List.ofSeq

        let alike () =
            known
            |> List.filter (fun (candidate, _) -> beginsLike candidate lower)
            |> List.map snd
            |> List.sort

        match scored known lower with
        | [] -> alike ()
        | near -> near
        |> Seq.truncate 3
        |> Seq.toArray
        :> _

    /// "`a`", "`a` or `b`", "`a`, `b` or `c`".
    let inWords (names: string seq) =
        match [ for name in names -> $"`{name}`" ] with
        | [] -> ""
        | [ name ] -> name
        | names ->
            let allButLast = names |> List.take (names.Length - 1)
            String.Join(", ", allButLast) + " or " + List.last names
