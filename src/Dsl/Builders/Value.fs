/// From F# values to arguments: a positional one, one with a key, one that the script may leave out.
namespace ParDsl.Builders

/// A length of training: `steps 200`, `epochs 3`. In a `train` block it is the statement of that name.
type Duration = { Count: int64; Unit: string }

/// A time on the clock: `minutes 10`.
type Time = { Length: double; Scale: string }

/// What `checkpoint` counts in: updates, epochs, or time.
type Interval = {
    Between: Duration voption
    Clock: Time voption
} with

    static member op_Implicit(duration: Duration) : Interval = { Between = ValueSome duration; Clock = ValueNone }

    static member op_Implicit(time: Time) : Interval = { Between = ValueNone; Clock = ValueSome time }

/// A share of a whole: `percent 10`.
type Percentage = { Percent: double }

/// So many bytes: `mebibytes 25`.
type Size = { Amount: int64; Unit: string }

/// One number for both directions of an image, or one for the height and one for the width.
type Pair = {
    Height: int
    Width: int
} with

    static member op_Implicit(both: int) : Pair = { Height = both; Width = both }
    static member op_Implicit((height, width): int * int) : Pair = { Height = height; Width = width }

/// What a run computes in: the names of .NET's own types are functions in F#, hence the capitals.
type Precision =
    | Float32 = 0
    | Float64 = 1
    | BFloat16 = 2
    | Float16 = 3

/// What a script leaves to the planner: `batch Auto`.
type PlannerChoice =
    | Auto = 0

/// How `branches` makes one value of several: with capitals, beside the statements of those names.
type Combination =
    | Add = 0
    | Concat = 1
    | Multiply = 2

/// What each replica keeps only its part of; each includes the ones before it.
type ShardLevel =
    | Optimizer = 0
    | Gradients = 1
    | Parameters = 2

/// In which order the stages of a pipeline take the micro-batches.
type PipelineSchedule =
    | Gpipe = 0
    | OneForwardOneBackward = 1
    | Interleaved = 2
    | ZeroBubble = 3

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Value =
    let integer (value: int) = Value.Integer(int64 value, "")
    let long (value: int64) = Value.Integer(value, "")
    let real (value: double) = Value.Number(value, "")

    let boolean (value: bool) =
        Value.Name(if value then "true" else "false")

    let combination (value: Combination) =
        Value.Name(
            match value with
            | Combination.Concat -> "concat"
            | Combination.Multiply -> "multiply"
            | _ -> "add"
        )

    let shardLevel (value: ShardLevel) =
        Value.Name(
            match value with
            | ShardLevel.Gradients -> "gradients"
            | ShardLevel.Parameters -> "parameters"
            | _ -> "optimizer"
        )

    let schedule (value: PipelineSchedule) =
        Value.Name(
            match value with
            | PipelineSchedule.Gpipe -> "gpipe"
            | PipelineSchedule.Interleaved -> "interleaved"
            | PipelineSchedule.ZeroBubble -> "zero_bubble"
            | _ -> "1f1b"
        )

    let size (value: Size) = Value.Integer(value.Amount, value.Unit)

    let duration (value: Duration) = Value.Integer(value.Count, value.Unit)

    /// Above 2^53 doubles no longer tell whole numbers apart.
    let private isWhole (value: double) =
        value = floor value && abs value <= 9007199254740992.0

    /// A time is an integer in the file where it can be one: `10 min`.
    let time (value: Time) =
        if isWhole value.Length then
            Value.Integer(int64 value.Length, value.Scale)
        else
            Value.Number(value.Length, value.Scale)

    let interval (value: Interval) =
        match value.Between, value.Clock with
        | ValueSome between, _ -> duration between
        | ValueNone, ValueSome clock -> time clock
        | ValueNone, ValueNone -> Value.Text ""

    let shape (sizes: int list) = Value.List(List.map integer sizes)

    let pair (value: Pair) =
        if value.Height = value.Width then
            integer value.Height
        else
            shape [ value.Height; value.Width ]

    /// A percentage is an integer in the file where it can be one: `10%`.
    let percentage (value: Percentage) =
        if isWhole value.Percent then
            Value.Integer(int64 value.Percent, "%")
        else
            Value.Number(value.Percent, "%")

    /// A column's name, its position (`"3"`), or a range (`"a..f"`).
    let column (text: string) =
        match System.Int64.TryParse text with
        | true, position -> long position
        | false, _ -> Value.Text text

    /// A layer's label is a name; a place in the model, "2.1", is no name and stands in quotes.
    let layerName (text: string) =
        if
            text
            |> Seq.forall (fun letter -> System.Char.IsLetterOrDigit letter || letter = '_')
            && not (text = "" || System.Char.IsDigit text[0])
        then
            Value.Name text
        else
            Value.Text text

    let layerNames (texts: string list) = Value.List(List.map layerName texts)

    let columns (texts: string list) = Value.List(List.map column texts)

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Argument =
    let positional value : Argument = { Key = ""; Value = value }
    let keyed key value : Argument = { Key = key; Value = value }

    /// No argument where the script gives none: the language's default holds then.
    let optional key (toValue: 'value -> Value) (given: 'value option) : Argument list =
        given |> Option.map (toValue >> keyed key) |> Option.toList

    /// The same for a positional argument.
    let leading (toValue: 'value -> Value) (given: 'value option) : Argument list =
        given |> Option.map (toValue >> positional) |> Option.toList

[<RequireQualifiedAccess>]
module Component =
    let create name arguments : Component<'kind> = { Name = name; Arguments = arguments }
    let plain name : Component<'kind> = create name []

    /// As arguments of the statement that names it.
    let toArguments (choice: Component<'kind>) : Argument list =
        Argument.positional (Value.Name choice.Name) :: choice.Arguments

[<RequireQualifiedAccess>]
module Entry =
    let private statement name arguments : Statement = {
        Label = ""
        Name = name
        Arguments = arguments
        HasBlock = false
        Block = []
        Origin = Origin.Unknown
    }

    let create name arguments : Entry<'block> = { Statement = statement name arguments }

    /// A statement with a block, on the line where the script opens it.
    let block name arguments path line (entries: Entry<'inner> list) : Entry<'outer> = {
        Statement = {
            statement name arguments with
                HasBlock = true
                Block = entries |> List.map _.Statement
                Origin = { Path = path; Line = line }
        }
    }

    /// The entry on the line that uses it, unless it has its line already.
    let at path line (entry: Entry<'block>) : Entry<'block> =
        if entry.Statement.Origin.Line > 0 then
            entry
        else
            { Statement = { entry.Statement with Origin = { Path = path; Line = line } } }
