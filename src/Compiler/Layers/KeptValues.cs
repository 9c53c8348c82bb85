namespace ParDsl.Compiler.Layers;

/// <summary>Which values that others may keep too a layer keeps for its backward pass: what two keep is there once.</summary>
[Flags]
public enum KeptValues
{
    /// <summary>None: what the layer keeps is its own.</summary>
    None = 0,

    /// <summary>What comes in.</summary>
    Inputs = 1,

    /// <summary>What goes out, which the next layer may keep as its input.</summary>
    Output = 2,

    /// <summary>Nothing, and what goes out is what came in, seen in another way.</summary>
    SameMemory = 4,
}
