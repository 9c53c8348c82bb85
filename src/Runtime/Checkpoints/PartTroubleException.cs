namespace ParDsl.Runtime.Checkpoints;

/// <summary>Another process could not write its part of a checkpoint.</summary>
/// <param name="words">Which one and why, as a message goes on behind a colon.</param>
internal sealed class PartTroubleException(string words) : IOException(words);
