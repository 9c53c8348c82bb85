namespace ParDsl.Runtime.Jobs;

/// <summary>A process of a job.</summary>
/// <param name="Rank">Its number among the processes, from 0.</param>
/// <param name="Host">Its machine's name, as the machine itself calls it.</param>
/// <param name="ProcessId">Its number on that machine.</param>
public sealed record JobMember(int Rank, string Host, int ProcessId)
{
    /// <summary>As messages speak of it: <c>rank 2 on host b</c>.</summary>
    public string Words => $"rank {Rank} on host {Host}";
}
