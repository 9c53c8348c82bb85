using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Ranks;

/// <summary>A rank has failed and all have ended.</summary>
internal sealed class RankFailedException(RankFailure failure) : Exception(failure.Cause.Message, failure.Cause)
{
    public RankFailure Failure { get; } = failure;
}
