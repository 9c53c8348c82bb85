namespace ParDsl.Reliability;

/// <summary>What happened in one case.</summary>
internal sealed class Tally
{
    /// <summary>Processes that were killed while they ran.</summary>
    public int Kills { get; set; }

    /// <summary>Of these, how many left a checkpoint half written.</summary>
    public int CutWrites { get; set; }

    /// <summary>Of these, how many came before the run's first checkpoint.</summary>
    public int BeforeFirst { get; set; }

    /// <summary>Starts that went on from a checkpoint.</summary>
    public int Resumes { get; set; }

    /// <summary>Checkpoints that a start found damaged.</summary>
    public int Damaged { get; set; }

    /// <summary>Runs that came to their end, after whatever they met.</summary>
    public int Ends { get; set; }

    /// <summary>Of these, how many ended with the undisturbed run's bits: weights, statistics and the optimizer's states.</summary>
    public int SameBits { get; set; }

    /// <summary>Of these, how many have each step once, in order, in metrics.jsonl.</summary>
    public int WholeMetrics { get; set; }

    public bool IsClean => Damaged == 0 && Ends > 0 && SameBits == Ends && WholeMetrics == Ends;
}
