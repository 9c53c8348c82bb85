namespace ParDsl.Compiler.Costs;

/// <summary>What bounds an operation's time.</summary>
public enum WorkKind
{
    /// <summary>A matrix product.</summary>
    Product,

    Convolution,

    /// <summary>Both products of attention, and the softmax between them, in one kernel.</summary>
    Attention,

    /// <summary>Numbers read and written, one by one.</summary>
    Pass,
}
