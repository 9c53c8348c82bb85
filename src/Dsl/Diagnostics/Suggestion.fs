namespace ParDsl.Diagnostics

open System
open System.Collections.Generic

/// A misspelt name and the names that could have been meant come in; those near enough go out, the nearest first.
module Suggestion =
    /// Damerau-Levenshtein (optimal string alignment): insertions, deletions, changes and swaps of neighbours.
    let private distance (left: string) (right: string) =
        let table =
            Array2D.init (left.Length + 1) (right.Length + 1) (fun i j ->
                if i = 0 then j
                elif j = 0 then i
                else 0)

        for i in 1 .. left.Length do
            for j in 1 .. right.Length do
                let change = if left[i - 1] = right[j - 1] then 0 else 1

                let plain =
                    min (min (table[i - 1, j] + 1) (table[i, j - 1] + 1)) (table[i - 1, j - 1] + change)

                let swaps =
                    i > 1 && j > 1 && left[i - 1] = right[j - 2] && left[i - 2] = right[j - 1]

                table[i, j] <- if swaps then min plain (table[i - 2, j - 2] + 1) else plain

        table[left.Length, right.Length]

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

    /// The names in small letters, with their candidates.
    let private scored (candidates: (string * string) list) (name: string) =
        candidates
        |> List.map (fun (lower, candidate) -> distance lower name, candidate)
        |> List.filter (fun (steps, candidate) -> steps <= allowed name && steps < candidate.Length)
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
