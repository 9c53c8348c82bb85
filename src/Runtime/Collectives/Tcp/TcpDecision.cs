namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>What rank 0 answers to a process that joins.</summary>
internal enum TcpDecision
{
    Welcome,

    /// <summary>The process counts other processes than rank 0 does, whose count comes along.</summary>
    SizeDiffers,

    /// <summary>Another process of that rank has joined already.</summary>
    RankTaken,

    /// <summary>The process speaks another version of this protocol.</summary>
    VersionDiffers,
}
