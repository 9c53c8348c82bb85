using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Programs;

/// <summary>
/// What a rank hands to the others, and gets from them, around a stage's forward and backward pass. A value goes straight
/// from the rank that makes it to each rank that reads it, once a micro-batch, and its gradient comes back the same way.
/// </summary>
internal sealed class StageMessages(PlanContext context, int rank)
{
    /// <summary>What goes over the borders of a stage, found once for all micro-batches.</summary>
    private readonly Dictionary<int, StageBorder> borders = [];

    /// <summary>Before the forward pass: values of other ranks that no earlier stage of this rank has read.</summary>
    public IEnumerable<PlanAction> BeforeForward(StageRange stage, int microBatch) =>
        from value in Border(stage).Taken
        select new PlanAction.ReceiveValue(microBatch, value, MakerOf(value), Bytes(value));

    /// <summary>After the forward pass: this stage's values to the other ranks that read them.</summary>
    public IEnumerable<PlanAction> AfterForward(StageRange stage, int microBatch) =>
        from given in Border(stage).Given
        select new PlanAction.SendValue(microBatch, given.Value, given.Reader, Bytes(given.Value));

    /// <summary>Before the backward pass: the gradients that other ranks have for this stage's values, the last value's first.</summary>
    public IEnumerable<PlanAction> BeforeBackward(StageRange stage, int microBatch) =>
        from value in Border(stage).Given.GroupBy(given => given.Value).Reverse()
        where context.Flow.IsDifferentiable(value.Key)
        from given in value
        select new PlanAction.ReceiveGradient(microBatch, given.Value, given.Reader, Bytes(given.Value));

    /// <summary>After the backward pass: gradients that no other stage of this rank will add to.</summary>
    public IEnumerable<PlanAction> AfterBackward(StageRange stage, int microBatch) =>
        from value in Border(stage).Taken
        where context.Flow.IsDifferentiable(value)
        select new PlanAction.SendGradient(microBatch, value, MakerOf(value), Bytes(value));

    private StageBorder Border(StageRange stage)
    {
        if (!borders.TryGetValue(stage.Stage, out var border))
            borders.Add(stage.Stage, border = new(
                [.. ForeignInputs(stage).Where(value => StagesThatRead(value, rank).Min() == stage.Stage)],
                [
                    .. from value in Enumerable.Range(stage.FirstLayer, stage.LayerCount)
                       from reader in OtherReaders(value)
                       select (value, reader),
                ]));
        return border;
    }

    private ImmutableArray<int> ForeignInputs(StageRange stage) =>
    [
        .. Enumerable.Range(stage.FirstLayer, stage.LayerCount)
            .SelectMany(layer => context.Program.Model.Layers[layer].Inputs)
            .Where(value => value != CheckedLayer.ModelInput && MakerOf(value) != rank)
            .Distinct()
            .Order(),
    ];

    private IEnumerable<int> OtherReaders(int value) => context.Flow.Readers(value)
        .Select(layer => context.RankOf(context.StageOf(layer), rank))
        .Where(reader => reader != rank)
        .Distinct()
        .Order();

    private IEnumerable<int> StagesThatRead(int value, int reader) => context.Flow.Readers(value)
        .Select(context.StageOf)
        .Where(stage => context.RankOf(stage, rank) == reader);

    private int MakerOf(int value) => context.RankOf(context.StageOf(value), rank);

    /// <summary>Of a whole micro-batch; an epoch's last may have fewer samples.</summary>
    private long Bytes(int value) =>
        checked(context.Flow.Elements(value) * context.Batch.RankMicroBatch * context.ElementBytes);

    /// <param name="Taken">The values of other ranks that no earlier stage of this rank has read, in order.</param>
    /// <param name="Given">The stage's values and the other ranks that read them, in order.</param>
    private sealed record StageBorder(ImmutableArray<int> Taken, ImmutableArray<(int Value, int Reader)> Given);
}
