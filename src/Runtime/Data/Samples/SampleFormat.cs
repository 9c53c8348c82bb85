using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Data;

/// <summary>How a row of numbers becomes what the model sees.</summary>
/// <param name="Input">One sample's shape.</param>
/// <param name="Scale">What raw input numbers are multiplied by.</param>
/// <param name="Shift">What is added after scaling.</param>
/// <param name="Target">Classes are int64, one or one at each place; values keep their shape.</param>
public sealed record SampleFormat(Shape Input, double Scale, double Shift, CheckedTarget Target)
{
    /// <summary>Tokens are int64, as they are; only numbers are scaled.</summary>
    public ValueKind InputKind { get; init; } = ValueKind.Numbers;

    /// <summary>The shape of one sample's target.</summary>
    public Shape TargetShape => Target switch
    {
        CheckedTarget.Class classes => classes.Places,
        CheckedTarget.Values values => values.Shape,
        _ => throw new ArgumentOutOfRangeException(nameof(Target), Target, null),
    };
}
