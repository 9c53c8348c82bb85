using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Jobs;

/// <summary>What a watch needs to know of its process.</summary>
/// <param name="Activity">What the process is doing; asked from another thread.</param>
/// <param name="Silence">How long a process may say nothing before it counts as hung.</param>
/// <param name="Stall">How long a job may come no step further while all of its ranks are at work.</param>
/// <param name="End">Ends this process, after telling what there is to tell; it does not return.</param>
/// <param name="Port">Where the first process listens; 0: wherever there is room.</param>
public sealed record WatchOptions(Func<RankActivity> Activity, TimeSpan Silence, StallLimit Stall, Action<JobEnd> End, int Port);
