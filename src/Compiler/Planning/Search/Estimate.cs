namespace ParDsl.Compiler.Planning.Search;

/// <summary>About how long an update takes, and what the rank that needs most holds.</summary>
internal readonly record struct Estimate(double Seconds, double Bytes);
