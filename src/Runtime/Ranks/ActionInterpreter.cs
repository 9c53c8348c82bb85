using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Modules;
using ParDsl.Runtime.Optimization;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// Does what the plan's list of actions says, one method an action, and decides nothing. A round leaves no tensor behind: all
/// that it makes belongs to one dispose scope.
/// </summary>
internal sealed class ActionInterpreter(Rank rank) : IDisposable
{
    private readonly ImmutableArray<MicroBatchState> microBatches =
        [.. Enumerable.Range(0, rank.Plan.Batch.MicroBatchCount).Select(_ => new MicroBatchState())];

    /// <summary>What is being done, for the message where it fails.</summary>
    public PlanAction? Current { get; private set; }

    public void Run(ImmutableArray<PlanAction> actions, ActionContext context)
    {
        using var scope = NewDisposeScope();
        foreach (var action in actions)
        {
            Current = action;
            Execute(action, context);
        }
    }

    public void Dispose()
    {
        foreach (var microBatch in microBatches)
            microBatch.Release();
    }

    private void Execute(PlanAction action, ActionContext context)
    {
        switch (action)
        {
            case PlanAction.Load load: Load(microBatches[load.MicroBatch], context); break;
            case PlanAction.Forward forward: Forward(microBatches[forward.MicroBatch], context); break;
            case PlanAction.Backward backward: Backward(microBatches[backward.MicroBatch]); break;
            case PlanAction.AllReduceGradients reduce: AllReduceGradients(reduce); break;
            case PlanAction.AllReduceMetrics reduce: rank.Groups[reduce.Group].AllReduce(rank.Sums.All); break;
            case PlanAction.Clip clip: GradientClip.Apply(rank.Flat.Gradients, clip.MaximumNorm); break;
            case PlanAction.Step: Step(context); break;
            case PlanAction.Measure measure: Measure(microBatches[measure.MicroBatch]); break;
            default: throw new ArgumentOutOfRangeException(nameof(action), action, "no such action");
        }
    }

    private static void Load(MicroBatchState microBatch, ActionContext context) =>
        microBatch.Batch = context.Loader.Next(CancellationToken.None);

    private void Forward(MicroBatchState microBatch, ActionContext context)
    {
        var batch = microBatch.Batch!;
        if (IsEmptyEverywhere(batch))
            return;
        using var guard = set_grad_enabled(context.IsTraining);
        var place = new ForwardContext(context.IsTraining, context.Step, batch.Place.Offset);
        microBatch.Output = rank.Graph.Forward(batch.Inputs, place);
        microBatch.LossSum = rank.Measures.Loss.Sum(microBatch.Output, batch.Targets);
        if (context.IsTraining)
            AddMeasures(microBatch);
    }

    /// <summary>The loss is the mean over the global batch, so each slice's sum has the weight 1 / its count.</summary>
    private void Backward(MicroBatchState microBatch)
    {
        if (microBatch.LossSum is { } lossSum)
        {
            var termCount = (double)microBatch.Batch!.GlobalCount * rank.Measures.Loss.TermsPerSample;
            using var weight = full_like(lossSum, 1 / termCount);
            autograd.backward(lossSum, weight);
            rank.Callbacks.ThrowIfAny();
        }

        microBatch.Release();
    }

    private void AllReduceGradients(PlanAction.AllReduceGradients reduce) =>
        rank.Groups[reduce.Group].AllReduce(rank.Flat.BucketGradients(reduce.Bucket));

    private void Step(ActionContext context)
    {
        using var guard = no_grad();
        rank.Optimizer.Update(context.LearningRate);
        rank.Flat.Gradients.zero_();
    }

    private void Measure(MicroBatchState microBatch)
    {
        if (microBatch.Output is not null)
            AddMeasures(microBatch);
        microBatch.Release();
    }

    private void AddMeasures(MicroBatchState microBatch)
    {
        using var guard = no_grad();
        rank.Sums.Add(0, microBatch.LossSum!);
        for (var metric = 0; metric < rank.Measures.Metrics.Length; metric++)
        {
            using var sum = rank.Measures.Metrics[metric].Sum(microBatch.Output!, microBatch.Batch!.Targets);
            rank.Sums.Add(metric + 1, sum);
        }
    }

    /// <summary>
    /// An epoch's last batch may have fewer samples than micro-batches. A rank without samples takes part all the same, since
    /// the others' batch norms wait for it; where nobody has any, nobody does anything.
    /// </summary>
    private bool IsEmptyEverywhere(Batch batch) =>
        batch.Count == 0
        && BatchSlice.Of(rank.Plan.Batch with { DataDegree = 1 }, batch.GlobalCount, batch.Place.MicroBatch, 0).Count == 0;
}
