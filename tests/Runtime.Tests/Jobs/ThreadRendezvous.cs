using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Tests.Jobs;

/// <summary>Processes of a job as threads of the test: they meet at a barrier and look at each other's bytes.</summary>
internal sealed class ThreadRendezvous : IRendezvous
{
    private readonly Meeting meeting;

    private ThreadRendezvous(int rank, Meeting meeting) => (Rank, this.meeting) = (rank, meeting);

    public int Rank { get; }

    public int Size => meeting.Places.Length;

    public static ThreadRendezvous[] Create(int size)
    {
        var meeting = new Meeting(size);
        return [.. Enumerable.Range(0, size).Select(rank => new ThreadRendezvous(rank, meeting))];
    }

    public byte[] Broadcast(byte[] bytes, int root) => AllGather(bytes)[root];

    public byte[] SendToFirst(byte[] bytes, int source) => throw new NotSupportedException("no test of a watch needs it");

    public byte[][] AllGather(byte[] bytes)
    {
        meeting.Places[Rank] = bytes;
        Barrier();
        var all = meeting.Places.ToArray();
        Barrier();
        return all;
    }

    public void Barrier()
    {
        if (!meeting.Barrier.SignalAndWait(TimeSpan.FromSeconds(30)))
            throw new TimeoutException("a process of the test did not come");
    }

    private sealed class Meeting(int size)
    {
        public byte[][] Places { get; } = new byte[size][];

        public Barrier Barrier { get; } = new(size);
    }
}
