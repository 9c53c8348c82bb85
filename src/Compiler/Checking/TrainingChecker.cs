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
        if (training.FindsBatch)
            CheckWarmup(null);
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
        if (training.Schedule is { } schedule
            && WarmupLaw.Mistake(
                schedule.Component, training.Epochs, training.Steps, training.Batch, trainingCount, schedule.Call.HeadSpan) is { } mistake)
            bag.Add(mistake);
    }
}
