namespace ParDsl.Runtime.Jobs;

/// <summary>What a process of a job tells the others of the data that it has read.</summary>
/// <param name="SampleCount">To train on, to validate on and to test on.</param>
/// <param name="Digest">Of the samples.</param>
internal sealed record DataReport(JobMember Member, long SampleCount, string Digest);
