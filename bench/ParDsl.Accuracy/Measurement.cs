namespace ParDsl.Accuracy;

/// <summary>What an example really takes in one layout.</summary>
/// <param name="Strategy">The plan's, in its own words: what <c>auto</c> had chosen.</param>
/// <param name="StepSeconds">Of a quarter of the rounds quicker ones; the least of several such figures.</param>
/// <param name="AllocatedBytes">The most that was allocated and not freed, over the same process before the session was built.</param>
/// <param name="ResidentBytes">The most that was resident, likewise: what heaps keep for later is in it.</param>
/// <param name="Updates">How many updates were timed.</param>
internal sealed record Measurement(
    string Example, string Layout, string Strategy, double StepSeconds, long AllocatedBytes, long ResidentBytes, int Updates);
