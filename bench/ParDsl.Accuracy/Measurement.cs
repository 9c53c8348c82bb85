namespace ParDsl.Accuracy;

/// <summary>What an example really takes in one layout.</summary>
/// <param name="Strategy">The plan's, in its own words: what <c>auto</c> had chosen.</param>
/// <param name="StepSeconds">The median over rounds of updates.</param>
/// <param name="PeakBytes">The most resident memory while it trained, over the same process before the session was built.</param>
/// <param name="Updates">How many updates were timed.</param>
internal sealed record Measurement(
    string Example, string Layout, string Strategy, double StepSeconds, long PeakBytes, int Updates);
