namespace ParDsl.Compiler.Plans;

/// <summary>What autograd keeps, and what is under way, around one action of a rank's update.</summary>
/// <param name="During">The most while it is done.</param>
/// <param name="After">When it is over.</param>
public readonly record struct ActionBytes(long During, long After);
