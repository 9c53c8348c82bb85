namespace ParDsl.Runtime.Launching;

/// <summary>How a started job came to its end.</summary>
public enum LaunchEnd
{
    /// <summary>The ranks ended by themselves, well or not, and have told of it.</summary>
    Ended,

    /// <summary>A process was lost: ended by a signal, or silent. A new start can mend that.</summary>
    ProcessLost,

    /// <summary>The launcher did not start it.</summary>
    NotStarted,
}
