using ParDsl.Runtime.Data;

namespace ParDsl.Runtime.Ranks;

/// <summary>What one round through a list of actions works on.</summary>
/// <param name="Loader">Null on a rank that takes no batches.</param>
/// <param name="Step">The update, from 1; in an evaluation it means nothing.</param>
/// <param name="GlobalCount">The samples of the global batch: an epoch's last may have fewer.</param>
internal readonly record struct ActionContext(
    IBatchLoader? Loader, bool IsTraining, long Step, double LearningRate, int GlobalCount);
