namespace ParDsl

/// What the command line of `pardsl run` says beside the spec, for a script: `{ Train.options with Gpus = 4 }`.
type TrainOptions = {
    /// The GPUs to ask for; virtual CPU devices stand in where there are none. 0: as many as the program needs.
    Gpus: int
    /// Whether virtual devices may not stand in.
    RequireGpu: bool
    /// Stop after so many updates; 0: as the program says.
    Steps: int64
    /// A safetensors file with the weights to start from; empty: fresh weights.
    Init: string
    /// Whether to go on where an earlier run stopped: `Resume.Newest`, `Resume.From "runs/digits/..."`.
    Resume: Resume
    /// Whether to go on even where the program teaches something else than the checkpoint's.
    AllowChanged: bool
    /// The folder for the run's files; empty: runs/NAME/TIMESTAMP.
    Out: string
    /// Whether no progress is shown.
    Quiet: bool
}
