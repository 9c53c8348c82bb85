namespace ParDsl.Compiler.Checked;

/// <summary>
/// What the data ranks keep only a part of, each its own (ZeRO, Rajbhandari et al. 2020): each level includes the ones above.
/// </summary>
public enum ShardLevel
{
    /// <summary>Every data rank keeps all.</summary>
    None,

    /// <summary>The optimizer's states (ZeRO 1).</summary>
    Optimizer,

    /// <summary>The gradients too (ZeRO 2).</summary>
    Gradients,

    /// <summary>The parameters too (ZeRO 3, PyTorch's FSDP).</summary>
    Parameters,
}

public static class ShardLevelFacts
{
    /// <summary>The language's word.</summary>
    public static string Words(this ShardLevel level) => level switch
    {
        ShardLevel.None => "none",
        ShardLevel.Optimizer => "optimizer",
        ShardLevel.Gradients => "gradients",
        ShardLevel.Parameters => "parameters",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };
}
