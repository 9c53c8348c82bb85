namespace ParDsl.Runtime.Randomness;

/// <summary>A place in a stream of random numbers: 128 bits, in words from the lowest to the highest.</summary>
internal readonly record struct RandomCounter(uint Word0, uint Word1, uint Word2, uint Word3);
