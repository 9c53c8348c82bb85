namespace ParDsl.Compiler.Costs;

/// <summary>What a rank is at for a while of a predicted step.</summary>
public enum TimedWork
{
    /// <summary>A pass of the model: forward, backward, or forward again.</summary>
    Pass,

    /// <summary>Bytes are moved, and the rank waits for them.</summary>
    Move,

    /// <summary>The rank waits for others, or for bytes that move beside its work.</summary>
    Wait,

    /// <summary>Weights are updated, and what belongs to that.</summary>
    Update,

    /// <summary>All else: batches are taken, metrics are summed.</summary>
    Other,
}
