namespace ParDsl.Runtime.Checkpoints;

/// <summary>float16's loss scale, as PyTorch's GradScaler keeps it.</summary>
/// <param name="Scale">The next step's.</param>
/// <param name="StepsAtScale">Steps since the scale last changed.</param>
/// <param name="SkippedSteps">Steps of the run whose gradients were not finite.</param>
public sealed record LossScaleState(double Scale, long StepsAtScale, long SkippedSteps);
