/// What a script's keywords make before the script's text is read: the syntax tree's statements with line numbers for
/// spans. The types keep every keyword in its block: `model { batch 64 }` does not compile.
namespace ParDsl.Builders

/// The line of a script that a statement stands on, as the F# compiler tells it; line 0 until the statement has its place.
type Origin = {
    Path: string
    Line: int
} with

    static member Unknown = { Path = ""; Line = 0 }

/// An argument's value. A unit is empty or one that the language knows: "steps", "%".
[<RequireQualifiedAccess>]
type Value =
    | Integer of value: int64 * unit: string
    | Number of value: double * unit: string
    | Text of string
    | Name of string
    | List of Value list

/// `key=value` in the language's own spelling (`weight_decay`); an empty key for a positional argument.
type Argument = { Key: string; Value: Value }

/// A call of the language, in the language's own spelling.
type Statement = {
    Label: string
    Name: string
    Arguments: Argument list
    HasBlock: bool
    Block: Statement list
    Origin: Origin
}

/// A statement that may stand in a block of the kind `'block`.
type Entry<'block> = { Statement: Statement }

/// A choice that a statement names, with its own arguments: `adamw lr=1e-3` of `optimizer adamw lr=1e-3`.
type Component<'kind> = { Name: string; Arguments: Argument list }

[<AbstractClass; Sealed>]
type ProgramBlock = class end

[<AbstractClass; Sealed>]
type DataBlock = class end

[<AbstractClass; Sealed>]
type ModelBlock = class end

[<AbstractClass; Sealed>]
type BranchesBlock = class end

[<AbstractClass; Sealed>]
type TrainBlock = class end

[<AbstractClass; Sealed>]
type ParallelBlock = class end

[<AbstractClass; Sealed>]
type SourceKind = class end

[<AbstractClass; Sealed>]
type TargetKind = class end

[<AbstractClass; Sealed>]
type LossKind = class end

[<AbstractClass; Sealed>]
type OptimizerKind = class end

[<AbstractClass; Sealed>]
type ScheduleKind = class end

[<AbstractClass; Sealed>]
type MetricKind = class end

[<AbstractClass; Sealed>]
type ReplicasKind = class end

[<AbstractClass; Sealed>]
type StagesKind = class end

[<AbstractClass; Sealed>]
type PartsKind = class end
