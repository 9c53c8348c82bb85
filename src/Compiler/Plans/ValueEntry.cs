namespace ParDsl.Compiler.Plans;

/// <summary>What becomes of a value on its way into a layer, where the tensor ranks have it otherwise than the layer wants it.</summary>
public enum ValueEntry
{
    /// <summary>As it is, and so is its gradient.</summary>
    AsIs,

    /// <summary>A whole value goes to parts of the layer: backward sums its gradient.</summary>
    Sum,

    /// <summary>Places are gathered for parts of the layer: backward sums the gradient and gives each rank its places.</summary>
    GatherForParts,

    /// <summary>Places are gathered for a layer that each rank does alike: each takes its places of the gradient.</summary>
    GatherAlike,

    /// <summary>Each rank takes its places of a whole value: backward gathers the gradient.</summary>
    TakePlaces,
}

public static class EntryFacts
{
    /// <summary>What the entry moves in the forward pass; null where nothing is moved.</summary>
    public static CollectiveKind? Forward(this ValueEntry entry) =>
        entry is ValueEntry.GatherForParts or ValueEntry.GatherAlike ? CollectiveKind.AllGather : null;

    /// <summary>What it moves in the backward pass of a value that has a gradient.</summary>
    public static CollectiveKind? Backward(this ValueEntry entry) => entry switch
    {
        ValueEntry.Sum => CollectiveKind.AllReduce,
        ValueEntry.GatherForParts => CollectiveKind.ReduceScatter,
        ValueEntry.TakePlaces => CollectiveKind.AllGather,
        _ => null,
    };
}
