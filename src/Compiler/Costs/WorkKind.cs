namespace ParDsl.Compiler.Costs;

/// <summary>What bounds an operation's time.</summary>
public enum WorkKind
{
    /// <summary>A matrix product.</summary>
    Product,

    Convolution,

    /// <summary>Numbers read and written, one by one.</summary>
    Pass,
}
