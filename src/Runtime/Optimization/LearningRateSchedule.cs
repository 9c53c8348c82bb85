using System.Collections.Frozen;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Optimization.Schedules;

namespace ParDsl.Runtime.Optimization;

/// <summary>
/// The learning rate of every update: a function of its number alone, so a resumed run needs no state. During a warm-up of w
/// updates, update s (from 1) has s / w of the optimizer's rate; then the schedule's curve begins with its update 0.
/// </summary>
internal sealed class LearningRateSchedule
{
    private static readonly FrozenDictionary<string, Func<CheckedArguments, EpochLength, IScheduleCurve>> Curves =
        new Dictionary<string, Func<CheckedArguments, EpochLength, IScheduleCurve>>
        {
            ["constant"] = (_, _) => new ConstantCurve(),
            ["cosine"] = (arguments, _) => new CosineCurve(arguments.Real("minimum")),
            ["linear"] = (arguments, _) => new LinearCurve(arguments.Real("minimum")),
            ["step"] = (arguments, epoch) => new StepCurve(epoch.Steps(arguments.Text("every")), arguments.Real("factor")),
        }.ToFrozenDictionary();

    private readonly IScheduleCurve curve;
    private readonly double baseRate;
    private readonly long warmup;
    private readonly long total;

    /// <param name="total">The updates of the whole run, as the spec says.</param>
    public LearningRateSchedule(CheckedTraining training, EpochLength epoch, long total)
    {
        curve = Curves[training.Schedule.Kind](training.Schedule.Arguments, epoch);
        baseRate = training.Optimizer.Arguments.Real("lr");
        warmup = epoch.Steps(training.Schedule.Arguments.Text("warmup"));
        this.total = total;
    }

    public static IEnumerable<string> Kinds => Curves.Keys.Order(StringComparer.Ordinal);

    /// <param name="step">From 1.</param>
    public double Rate(long step) => step <= warmup
        ? baseRate * step / warmup
        : baseRate * curve.Factor(step - 1 - warmup, Math.Max(total - warmup, 1));
}
