namespace ParDsl.Runtime.Modules;

/// <summary>What a layer must know of the batch that passes through it.</summary>
/// <param name="IsTraining">Whether dropout drops and batch norm measures.</param>
/// <param name="Step">The update, from 1.</param>
/// <param name="FirstSample">The slice's first sample's number in the step's global batch.</param>
/// <param name="IsRepeated">Whether the same slice passed before, and passes again for its backward pass.</param>
internal readonly record struct ForwardContext(bool IsTraining, long Step, long FirstSample, bool IsRepeated);
