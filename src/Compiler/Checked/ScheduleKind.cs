using System.Collections.Immutable;

namespace ParDsl.Compiler.Checked;

/// <summary>In which order the stages of a pipeline work on the micro-batches of an update.</summary>
public enum ScheduleKind
{
    /// <summary>All forward passes, then all backward passes.</summary>
    Gpipe,

    /// <summary>A forward and a backward pass in turn, so that no stage holds more micro-batches than it must.</summary>
    OneForwardOneBackward,

    /// <summary>The same in turn over several smaller stages a rank: the pipeline fills and drains faster.</summary>
    Interleaved,

    /// <summary>Gradients of weights, which nobody waits for, are computed where 1f1b would wait.</summary>
    ZeroBubble,
}

public static class ScheduleFacts
{
    public static ImmutableArray<ScheduleKind> All { get; } =
    [
        ScheduleKind.Gpipe,
        ScheduleKind.OneForwardOneBackward,
        ScheduleKind.Interleaved,
        ScheduleKind.ZeroBubble,
    ];

    /// <summary>The language's word.</summary>
    public static string Words(this ScheduleKind kind) => kind switch
    {
        ScheduleKind.Gpipe => "gpipe",
        ScheduleKind.OneForwardOneBackward => "1f1b",
        ScheduleKind.Interleaved => "interleaved",
        ScheduleKind.ZeroBubble => "zero_bubble",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The schedule that a word of the language names; null where it names none.</summary>
    public static ScheduleKind? Parse(string word) =>
        All.Where(kind => kind.Words() == word).Select(kind => (ScheduleKind?)kind).SingleOrDefault();
}
