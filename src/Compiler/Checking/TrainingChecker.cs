using System.Globalization;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Diagnostics;

namespace ParDsl.Compiler.Checking;

/// <summary>Training's numbers against each other and against the data's size, where that is known.</summary>
internal sealed class TrainingChecker(BoundTraining training, DiagnosticBag bag)
{
    /// <param name="count">The samples to train and validate on.</param>
    public void Check(long? count, double validationFraction)
    {
        if (training.Batch == 0 || training.Accumulate == 0)
            return;
        if (training.Batch % training.Accumulate != 0)
            bag.Add(TypeErrors.BatchNotDivisible(training.AccumulateSpan, training.Batch, training.Accumulate));
        var validation = count is { } all ? ValidationShare.CountOf(all, validationFraction) : 0;
        if (count is { } known && training.Batch > known - validation)
        {
            var isDefault = training.BatchSpan == training.Block.HeadSpan;
            bag.Add(TypeErrors.BatchBeyondData(training.BatchSpan, training.Batch, known, validation, isDefault));
        }
        else
        {
            CheckWarmup(count - validation);
        }
    }

    private void CheckWarmup(long? trainingCount)
    {
        if (training.Schedule is not { } schedule || (training.Epochs == 0 && training.Steps == 0))
            return;
        var text = schedule.Component.Arguments.Text("warmup");
        var words = text.Split(' ');
        var warmup = long.Parse(words[0], CultureInfo.InvariantCulture);
        if (warmup == 0 || Run(words[1], trainingCount) is not var (length, arithmetic) || warmup <= length)
            return;
        bag.Add(TypeErrors.WarmupBeyondRun(schedule.Call.HeadSpan, text, arithmetic));
    }

    /// <summary>The run's length in the warm-up's unit, with its arithmetic; null where the data's size would tell.</summary>
    private (double Length, string Arithmetic)? Run(string unit, long? trainingCount)
    {
        var stepsPerEpoch = trainingCount is { } count ? (count + training.Batch - 1) / training.Batch : 0;
        if (unit == "epochs")
        {
            if (training.Steps == 0)
                return (training.Epochs, Wording.Count(training.Epochs, "epoch"));
            return stepsPerEpoch == 0
                ? null
                : ((double)training.Steps / stepsPerEpoch, $"{Wording.Count(training.Steps, "step")}, "
                    + $"{Wording.Number(stepsPerEpoch)} an epoch");
        }

        if (training.Steps > 0)
            return (training.Steps, Wording.Count(training.Steps, "step"));
        return stepsPerEpoch == 0
            ? null
            : ((double)training.Epochs * stepsPerEpoch,
                $"{Wording.Count(training.Epochs, "epoch")} * {Wording.Count(stepsPerEpoch, "step")} = "
                + Wording.Count(training.Epochs * stepsPerEpoch, "step"));
    }
}
