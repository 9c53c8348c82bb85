using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Checking;

/// <summary>The law that a schedule's warm-up ends within the run, as far as the run's length is known.</summary>
internal static class WarmupLaw
{
    /// <summary>What nobody could know of a program before its batch was found.</summary>
    public static IEnumerable<Diagnostic> OfFoundBatch(CheckedProgram program)
    {
        var training = program.Training;
        var known = Mistake(training.Schedule, training.Epochs, training.Steps, 0, null, training.BatchSpan);
        return known is null
            && Mistake(training.Schedule, training.Epochs, training.Steps, training.GlobalBatch, program.Data.EpochSampleCount, training.BatchSpan) is { } mistake
            ? [mistake]
            : [];
    }

    /// <param name="epochs">0 where <paramref name="steps"/> rules, and the other way round.</param>
    /// <param name="trainingCount">The samples of an epoch; null where that, or the batch, is not known yet.</param>
    /// <param name="span">What the diagnostic underlines.</param>
    public static Diagnostic? Mistake(
        CheckedComponent schedule, long epochs, long steps, long batch, long? trainingCount, SourceSpan span)
    {
        if (epochs == 0 && steps == 0)
            return null;
        var text = schedule.Arguments.Text("warmup");
        var words = text.Split(' ');
        var warmup = long.Parse(words[0], CultureInfo.InvariantCulture);
        var stepsPerEpoch = trainingCount is { } count ? (count + batch - 1) / batch : 0;
        return warmup > 0 && Run(words[1], epochs, steps, stepsPerEpoch) is var (length, arithmetic) && warmup > length
            ? TypeErrors.WarmupBeyondRun(span, text, arithmetic)
            : null;
    }

    /// <summary>The run's length in the warm-up's unit, with its arithmetic; null where the data's size would tell.</summary>
    private static (double Length, string Arithmetic)? Run(string unit, long epochs, long steps, long stepsPerEpoch)
    {
        if (unit == "epochs")
        {
            if (steps == 0)
                return (epochs, Wording.Count(epochs, "epoch"));
            return stepsPerEpoch == 0
                ? null
                : ((double)steps / stepsPerEpoch, $"{Wording.Count(steps, "step")}, {Wording.Number(stepsPerEpoch)} an epoch");
        }

        if (steps > 0)
            return (steps, Wording.Count(steps, "step"));
        return stepsPerEpoch == 0
            ? null
            : ((double)epochs * stepsPerEpoch,
                $"{Wording.Count(epochs, "epoch")} * {Wording.Count(stepsPerEpoch, "step")} = "
                + Wording.Count(epochs * stepsPerEpoch, "step"));
    }
}
