using ParDsl.Runtime.Data;

namespace ParDsl.Runtime.Ranks;

/// <summary>What one round through a list of actions works on.</summary>
/// <param name="Step">The update, from 1; in an evaluation it means nothing.</param>
internal readonly record struct ActionContext(BatchLoader Loader, bool IsTraining, long Step, double LearningRate);
