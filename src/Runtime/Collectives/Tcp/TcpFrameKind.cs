namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>What a frame is part of: calls that do not match are found by it.</summary>
internal enum TcpFrameKind : byte
{
    Broadcast = 1,
    Gather,
    Barrier,
    ToFirst,

    /// <summary>Rank 0 says that the job has lost a rank, whose number and what happened to it are the frame's bytes.</summary>
    Lost,
}
