namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>How fast work of one size goes.</summary>
/// <param name="Size">In the curve's unit: operations of one product, bytes of one pass, bytes of one message.</param>
/// <param name="PerSecond">The same unit in a second.</param>
public readonly record struct RatePoint(double Size, double PerSecond);
