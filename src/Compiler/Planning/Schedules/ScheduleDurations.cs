namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>How long each kind of work takes, in any unit, the same in every chunk.</summary>
public sealed record ScheduleDurations(long Forward, long InputGradient, long WeightGradient)
{
    /// <summary>
    /// As in a linear layer, whose output, input's gradient and weights' gradient are products of equal size.
    /// </summary>
    public static ScheduleDurations Equal { get; } = new(1, 1, 1);

    public long Of(ScheduleWork work) => work switch
    {
        ScheduleWork.Forward => Forward,
        ScheduleWork.Backward => checked(InputGradient + WeightGradient),
        ScheduleWork.InputGradient => InputGradient,
        ScheduleWork.WeightGradient => WeightGradient,
        _ => throw new ArgumentOutOfRangeException(nameof(work), work, null),
    };
}
