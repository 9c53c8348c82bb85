using System.Collections.Concurrent;
using System.Collections.Immutable;
using ParDsl.Runtime.Jobs;

namespace ParDsl.Runtime.Tests.Resuming;

/// <summary>The mail of processes that are threads of the test.</summary>
/// <param name="boxes">Of each process: what it has told.</param>
internal sealed class ThreadMail(int rank, BlockingCollection<string>[] boxes) : IJobMail
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public ImmutableArray<JobMember> Members =>
        [.. Enumerable.Range(0, boxes.Length).Select(number => new JobMember(number, $"h{number}", 100 + number))];

    public static ThreadMail[] Create(int size)
    {
        var boxes = Enumerable.Range(0, size).Select(_ => new BlockingCollection<string>()).ToArray();
        return [.. Enumerable.Range(0, size).Select(rank => new ThreadMail(rank, boxes))];
    }

    public void Tell(string text) => boxes[rank].Add(text);

    public string Hear(int other) =>
        boxes[other].TryTake(out var text, Limit) ? text : throw new TimeoutException($"process {other} told nothing");
}
