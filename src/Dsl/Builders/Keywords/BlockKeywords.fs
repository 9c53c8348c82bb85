/// The blocks of a script. This type and its neighbours in the folder open themselves with `open ParDsl`, since a
/// script's keywords must stand bare; four types and not one, since only a type's own methods take named arguments.
namespace ParDsl

open ParDsl.Builders

[<AutoOpen; AbstractClass; Sealed>]
type BlockKeywords =
    /// The whole program: `data`, `model`, `train` and, if you like, `parallel`.
    static member program = ProgramBuilder()

    /// Where the samples come from: `source`, `input`, `target`, `validation`.
    static member data = StatementBuilder<DataBlock, ProgramBlock>("data", [])

    /// The layers, first to last.
    static member model = StatementBuilder<ModelBlock, ProgramBlock>("model", [])

    /// How the model learns: `loss`, `optimizer`, `batch`, `epochs` and so on.
    static member train = TrainBuilder()

    /// The layout: `inParallel { data 4 }`, `inParallel { auto }`.
    static member inParallel = ParallelBuilder()

    /// The file's own word for it works too. F# keeps it for later and warns of every use (FS0046), which no `#nowarn`
    /// stills, hence the other one.
    static member ``parallel`` = ParallelBuilder()

    /// Layers under a name of your own, for any model: `let convBlock channels = layers { ... }`.
    static member layers = LayersBuilder()

    /// The layers of the block, `count` times, each time with parameters of its own.
    static member repeat(count: int) =
        StatementBuilder<ModelBlock, ModelBlock>("repeat", [ Argument.positional (Value.integer count) ])

    /// The layers of the block, and what came in added to what they give.
    static member residual = StatementBuilder<ModelBlock, ModelBlock>("residual", [])

    /// `residual` with its arguments: `residualWith (projection = true) { ... }`.
    static member residualWith(?projection: bool) =
        StatementBuilder<ModelBlock, ModelBlock>("residual", Argument.optional "projection" Value.boolean projection)

    /// The layers of the block as one statement, with parameters named below it, as in the use of a file's `def`.
    static member sequential = StatementBuilder<ModelBlock, ModelBlock>("sequential", [])

    /// A layer, a block or a branch with a label: `layer "fc2" (linear 10)` is `fc2: linear 10` in a file.
    static member layer (label: string) (labelled: Entry<'block>) : Entry<'block> = {
        Statement = { labelled.Statement with Label = label }
    }
