namespace ParDsl.Runtime.Calibration.Layers;

/// <summary>What ranks that train at once have to do with each other.</summary>
internal enum RankRelation
{
    /// <summary>Nothing but the machine: each has a model of its own.</summary>
    None,

    /// <summary>They are replicas, and share each batch.</summary>
    Replicas,

    /// <summary>They share layers.</summary>
    Tensor,

    /// <summary>They share layers and, between those, the places of the sequence.</summary>
    Sequence,
}
