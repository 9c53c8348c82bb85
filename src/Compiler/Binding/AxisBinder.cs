using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>Binds the statements of a <c>parallel</c> block: one method a part of the request.</summary>
internal sealed class AxisBinder(ArgumentBinder arguments, DiagnosticBag bag, BlockStatements statements)
{
    /// <summary>What the planner's diagnostics underline: the only axis that is written, else the block's head.</summary>
    public SourceSpan Span(CallSyntax block)
    {
        CallSyntax?[] axes = [Find(DataParallelStatement.Rule), Find(PipelineStatement.Rule), Find(TensorStatement.Rule)];
        return axes.OfType<CallSyntax>().ToArray() is [var single] ? single.HeadSpan : block.HeadSpan;
    }

    /// <summary>A shard needs data ranks to share among: alone it stands for <c>data</c> without a degree.</summary>
    public DataRequest? Data(CallSyntax block)
    {
        var (data, shard) = (Find(DataParallelStatement.Rule), Find(ShardStatement.Rule));
        if (shard is not null && data is null)
            bag.Add(NameErrors.ShardWithoutData(shard));
        if (data is null)
            return null;
        var bound = arguments.Bind(data, DataParallelStatement.Rule);
        return new DataRequest(
            bound?.Integer("degree") ?? 0,
            bound?.Integer("bucket") ?? 0,
            Level(shard),
            data.HeadSpan,
            shard?.HeadSpan ?? block.HeadSpan);
    }

    public PipelineRequest? Pipeline()
    {
        if (Find(PipelineStatement.Rule) is not { } call)
            return null;
        return arguments.Bind(call, PipelineStatement.Rule) is { } bound
            ? new PipelineRequest(
                bound.Integer("degree"),
                bound.Integer("microbatches"),
                ScheduleFacts.Parse(bound.Text("schedule"))!.Value,
                bound.Integer("chunks"),
                bound.Texts("at"),
                call.HeadSpan)
            : null;
    }

    public TensorRequest? Tensor() =>
        Find(TensorStatement.Rule) is { } call && arguments.Bind(call, TensorStatement.Rule) is { } bound
            ? new TensorRequest(bound.Integer("degree"), bound.Flag("sequence"), call.HeadSpan)
            : null;

    public RecomputeRequest Recompute()
    {
        if (Find(RecomputeStatement.Rule) is not { } call || arguments.Bind(call, RecomputeStatement.Rule) is not { } bound)
            return RecomputeRequest.None;
        var every = bound.Integer("every");
        return new RecomputeRequest(every == 0, every);
    }

    public string CheckReplicas() =>
        Find(CheckReplicasStatement.Rule) is { } call && arguments.Bind(call, CheckReplicasStatement.Rule) is { } bound
            ? bound.Text("every")
            : "";

    public NodesRequest? Nodes() =>
        Find(NodesStatement.Rule) is { } call && arguments.Bind(call, NodesStatement.Rule) is { } bound
            ? new NodesRequest(bound.Integer("count"), call.HeadSpan)
            : null;

    private ShardLevel Level(CallSyntax? shard) => shard is null
        ? ShardLevel.None
        : arguments.Bind(shard, ShardStatement.Rule) is { } bound ? ShardStatement.Level(bound.Text("level")) : ShardLevel.None;

    private CallSyntax? Find(ComponentRule rule) => statements.Find(rule.Name);
}
