namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>What a rank computes of one micro-batch in one of its chunks.</summary>
public enum ScheduleWork
{
    Forward,

    /// <summary>Both gradients at once: of the chunk's input and of its weights.</summary>
    Backward,

    /// <summary>The half of a backward pass that the stage before waits for.</summary>
    InputGradient,

    /// <summary>The half of a backward pass that only the optimizer waits for.</summary>
    WeightGradient,
}
