namespace ParDsl.Accuracy;

/// <summary>What an example really takes in one layout.</summary>
/// <param name="Words">The plan's layout in full: what <c>auto</c> had chosen.</param>
/// <param name="StepSeconds">
/// In the quickest round: a neighbour on a core's other thread, in another machine of the same host, makes an update half as long
/// again for seconds, and nothing in this machine tells of it.
/// </param>
/// <param name="AllocatedBytes">The most that was allocated and not freed, over the same process before the session was built.</param>
/// <param name="ResidentBytes">The most that was resident, likewise: what heaps keep for later is in it.</param>
/// <param name="Updates">How many updates were timed.</param>
internal sealed record Measurement(
    string Example, string Layout, string Words, double StepSeconds, long AllocatedBytes, long ResidentBytes, int Updates);
