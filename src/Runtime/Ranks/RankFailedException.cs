using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Ranks;

/// <summary>A rank has failed and all have ended.</summary>
/// <param name="action">What it was doing, in words.</param>
internal sealed class RankFailedException(RankFailure failure, string action) : Exception(failure.Cause.Message, failure.Cause)
{
    public RankFailure Failure { get; } = failure;

    public string Action { get; } = action;
}
