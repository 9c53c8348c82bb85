using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Diagnostics;

namespace ParDsl.Compiler.Checking;

/// <summary>Whether the run measures what <c>checkpoint best=...</c> goes by.</summary>
internal sealed class CheckpointChecker(BoundTraining training, DiagnosticBag bag)
{
    public void Check(BoundData data)
    {
        if (training.Checkpoint is not { Call: { } call, Request.Best: { Length: > 0 } best })
            return;
        if (best != CheckpointStatement.Loss && training.Metrics.All(metric => metric.Rule.Name != best))
            bag.Add(CheckpointErrors.BestIsNotMeasured(call, best));
        if (data.ValidationFraction == 0)
            bag.Add(CheckpointErrors.NothingToValidateOn(call, best));
    }
}
