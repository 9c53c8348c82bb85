namespace ParDsl.Compiler.Binding;

/// <summary>In which block a statement stands, for one that was written elsewhere.</summary>
internal static class StatementHomes
{
    /// <summary>The block's name, or null where no block has such a statement.</summary>
    public static string? Of(string statement) => statement switch
    {
        _ when DataBlockBinder.Known.Contains(statement) => "data",
        _ when TrainBinder.Known.Contains(statement) => "train",
        _ when ModelWords.Statements.Contains(statement) => "model",
        _ when ParallelBinder.Known.Contains(statement) => "parallel",
        _ => null,
    };
}
