using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Jobs;

/// <summary>What two processes of a job tell each other beside their training: a line of JSON.</summary>
/// <param name="Kind">One of the words below.</param>
/// <param name="Text">The secret of a greeting; the action of a sign of life; the text of mail.</param>
/// <param name="Number">The rank of a greeting; the exit code of an end.</param>
internal sealed record WatchMessage(string Kind, string Text, int Number)
{
    /// <summary>What a process ends with when another one was lost: the run failed.</summary>
    public const int FailureCode = 3;

    /// <summary>The first one of a process: it proves that it belongs to the job.</summary>
    public const string Greeting = "greeting";

    /// <summary>I am alive, and am doing this.</summary>
    public const string Alive = "alive";

    /// <summary>I have failed.</summary>
    public const string Failed = "failed";

    /// <summary>A text for who waits for it: <see cref="IJobMail"/>.</summary>
    public const string Mail = "mail";

    /// <summary>I am through, and go.</summary>
    public const string Leaving = "leaving";

    /// <summary>End at once, with this exit code.</summary>
    public const string End = "end";

    public static WatchMessage SignOfLife(RankActivity activity) => new(Alive, activity.Action, 0) { Pulse = activity.Pulse };

    /// <summary>What a failure is about.</summary>
    public DiagnosticMessage? Finding { get; init; }

    /// <summary>How far the process's rank has come, beside a sign of life.</summary>
    public RankPulse? Pulse { get; init; }

    /// <summary>The rank that failed, where the failure lies in one.</summary>
    public FailedRank? Rank { get; init; }
}
