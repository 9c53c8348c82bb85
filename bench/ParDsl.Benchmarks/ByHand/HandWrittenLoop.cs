using ParDsl.Benchmarks.Rates;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Benchmarks.ByHand;

/// <summary>
/// The loop that a TorchSharp expert writes by hand: all samples in one tensor, a fresh permutation each epoch, batches by
/// <c>index_select</c>, <c>torch.optim.AdamW</c>, one dispose scope a step, the loss read once a step for the log.
/// </summary>
internal sealed class HandWrittenLoop : ITimedLoop
{
    private readonly nn.Module<Tensor, Tensor> model;
    private readonly optim.Optimizer optimizer;
    private readonly Tensor inputs;
    private readonly Tensor targets;
    private readonly int threads;
    private Tensor order;
    private int position;

    public HandWrittenLoop(nn.Module<Tensor, Tensor> model, HandWrittenData data, int threads)
    {
        (this.threads, this.model, StepSize) = (threads, model, data.BatchSize);
        model.train();
        optimizer = optim.AdamW(model.parameters(), lr: 1e-3, weight_decay: 1e-2);
        (inputs, targets) = (data.Inputs, data.Targets);
        order = randperm(inputs.shape[0]);
    }

    public int StepSize { get; }

    /// <summary>The mean loss of the last step.</summary>
    public float Loss { get; private set; }

    public double Step(int count) => Timing.Seconds(() =>
    {
        set_num_threads(threads);
        for (var step = 0; step < count; step++)
            StepOnce();
    });

    private void StepOnce()
    {
        using var scope = NewDisposeScope();
        var indices = NextIndices();
        var (batch, labels) = (inputs.index_select(0, indices), targets.index_select(0, indices));
        optimizer.zero_grad();
        using var loss = nn.functional.cross_entropy(model.call(batch).flatten(0, -2), labels.flatten());
        loss.backward();
        optimizer.step();
        Loss = loss.ToSingle();
    }

    private Tensor NextIndices()
    {
        if (position + StepSize > inputs.shape[0])
        {
            order.Dispose();
            order = randperm(inputs.shape[0]).DetachFromDisposeScope();
            position = 0;
        }

        var indices = order.narrow(0, position, StepSize);
        position += StepSize;
        return indices;
    }

    public void Dispose()
    {
        optimizer.Dispose();
        model.Dispose();
        inputs.Dispose();
        targets.Dispose();
        order.Dispose();
    }
}
