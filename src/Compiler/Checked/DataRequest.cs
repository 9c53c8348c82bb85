using ParDsl.Source;

namespace ParDsl.Compiler.Checked;

/// <summary><c>data 4 bucket=25 MiB</c> and <c>shard optimizer</c>.</summary>
/// <param name="Degree">The replicas asked for; 0 where the degree is what is left of the devices.</param>
/// <param name="BucketBytes">The gradients that are reduced together; 0 where the planner chooses.</param>
/// <param name="Shard">What each replica keeps only a part of.</param>
/// <param name="ShardSpan">The statement, or the block where it says nothing.</param>
public sealed record DataRequest(long Degree, long BucketBytes, ShardLevel Shard, SourceSpan Span, SourceSpan ShardSpan);
