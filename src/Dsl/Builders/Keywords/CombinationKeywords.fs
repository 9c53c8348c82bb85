/// The statements of a script's model that make one value of several. A label is a string: `concat "enc1"`.
namespace ParDsl

open ParDsl.Builders

[<AutoOpen; AbstractClass; Sealed>]
type CombinationKeywords =
    static member private Combine(name: string, labels: string list, axis: int option) : Entry<ModelBlock> =
        let labels = labels |> List.map (Value.Name >> Argument.positional)
        Entry.create name (labels @ Argument.optional "axis" Value.integer axis)

    /// What comes in and the labelled layer's value, one behind the other; the axis counts the batch as 0.
    static member concat(label: string, ?axis: int) =
        CombinationKeywords.Combine("concat", [ label ], axis)

    static member concat(labels: string list, ?axis: int) =
        CombinationKeywords.Combine("concat", labels, axis)

    /// What comes in plus the labelled layer's value.
    static member add(label: string) =
        CombinationKeywords.Combine("add", [ label ], None)

    static member add(labels: string list) =
        CombinationKeywords.Combine("add", labels, None)

    /// What comes in times the labelled layer's value, number by number.
    static member multiply(label: string) =
        CombinationKeywords.Combine("multiply", [ label ], None)

    static member multiply(labels: string list) =
        CombinationKeywords.Combine("multiply", labels, None)

    /// Several ways from what comes in, made into one value: `branches Concat { branch { ... } branch { ... } }`.
    static member branches(combination: Combination, ?axis: int) =
        StatementBuilder<BranchesBlock, ModelBlock>(
            "branches",
            Argument.positional (Value.combination combination)
            :: Argument.optional "axis" Value.integer axis
        )

    /// One of the `branches`; an empty one passes on what comes in.
    static member branch = StatementBuilder<ModelBlock, BranchesBlock>("branch", [])

    static member Add = Combination.Add
    static member Concat = Combination.Concat
    static member Multiply = Combination.Multiply
