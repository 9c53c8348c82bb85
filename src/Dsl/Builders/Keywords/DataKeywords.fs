/// What a script's `data` block holds. Relative paths start at the folder of the script.
namespace ParDsl

open ParDsl.Builders

[<AutoOpen; AbstractClass; Sealed>]
type DataKeywords =
    /// Where the samples are read from: `source (csv "points.csv")`.
    static member source(kind: Component<SourceKind>) : Entry<DataBlock> =
        Entry.create "source" (Component.toArguments kind)

    /// A text of columns, plain or gzip. `header` is found out where nothing is said.
    static member csv(path: string, ?header: bool, ?delimiter: string) : Component<SourceKind> =
        Component.create "csv" [
            Argument.positional (Value.Text path)
            yield! Argument.optional "header" Value.boolean header
            yield! Argument.optional "delimiter" Value.Text delimiter
        ]

    /// A folder with MNIST's four files, plain or gzip.
    static member idx(folder: string) : Component<SourceKind> =
        Component.create "idx" [ Argument.positional (Value.Text folder) ]

    /// Made-up samples that a model can learn: `synthetic (320, seed = 1)`.
    static member synthetic(count: int, ?seed: int64) : Component<SourceKind> =
        Component.create "synthetic" [
            Argument.positional (Value.integer count)
            yield! Argument.optional "seed" Value.long seed
        ]

    /// Made-up tokens that a model can learn: `syntheticText (4096, length = 2048, vocabulary = 51200)`.
    static member syntheticText(count: int, length: int, vocabulary: int, ?seed: int64) : Component<SourceKind> =
        Component.create "synthetic_text" [
            Argument.positional (Value.integer count)
            Argument.keyed "length" (Value.integer length)
            Argument.keyed "vocabulary" (Value.integer vocabulary)
            yield! Argument.optional "seed" Value.long seed
        ]

    /// A text in UTF-8, plain or gzip, in blocks of so many characters: `text ("book.txt.gz", length = 128)`.
    static member text(path: string, length: int) : Component<SourceKind> =
        Component.create "text" [
            Argument.positional (Value.Text path)
            Argument.keyed "length" (Value.integer length)
        ]

    /// A sample's shape, which the data's readers find where it is left out, and `value * scale + shift` for its values.
    static member input(?shape: int list, ?scale: float, ?shift: float, ?columns: string list) : Entry<DataBlock> =
        Entry.create "input" [
            yield! Argument.leading Value.shape shape
            yield! Argument.optional "scale" Value.real scale
            yield! Argument.optional "shift" Value.real shift
            yield! Argument.optional "columns" Value.columns columns
        ]

    /// What the model shall give: `target (classes 10)`.
    static member target(kind: Component<TargetKind>, ?columns: string list) : Entry<DataBlock> =
        Entry.create "target" [
            yield! Component.toArguments kind
            yield! Argument.optional "columns" Value.columns columns
        ]

    /// What the model shall give, as values of a shape: `target [5]`.
    static member target(?shape: int list, ?columns: string list) : Entry<DataBlock> =
        Entry.create "target" [
            yield! Argument.leading Value.shape shape
            yield! Argument.optional "columns" Value.columns columns
        ]

    /// One of so many classes, numbered from 0.
    static member classes(count: int) : Component<TargetKind> =
        Component.create "class" [ Argument.positional (Value.integer count) ]

    /// The share of the samples that is kept back to judge the model: `validation 0.1`.
    static member validation(share: float) : Entry<DataBlock> =
        Entry.create "validation" [ Argument.positional (Value.real share) ]

    /// The same as a percentage: `validation (percent 10)`.
    static member validation(share: Percentage) : Entry<DataBlock> =
        Entry.create "validation" [ Argument.positional (Value.percentage share) ]

    static member percent(value: float) : Percentage = { Percent = value }
