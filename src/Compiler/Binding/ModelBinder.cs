using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// Binds the model's statements, blocks within blocks; each mistake is found once, however often its block repeats.
/// </summary>
internal sealed class ModelBinder(ArgumentBinder arguments, ForeignNames foreign, DiagnosticBag bag)
{
    private static readonly string[] Known =
    [
        .. LayerCatalogue.Rules.Select(rule => rule.Name)
            .Append(RepeatStatement.Rule.Name)
            .Append(ResidualStatement.Rule.Name)
            .Order(StringComparer.Ordinal),
    ];

    private readonly Dictionary<string, SourceSpan> labels = new(StringComparer.Ordinal);

    public ImmutableArray<BoundStatement> Bind(CallSyntax block)
    {
        var calls = new BlockReader(bag).Calls(block);
        if (block.HasBlock && block.Block.Count == 0)
            bag.Add(NameErrors.EmptyBlock(block, "a layer", $"{block.HeadSpan.Text.Trim()} {{ linear 10 }}"));
        return [.. calls.Select(BindStatement)];
    }

    private BoundStatement BindStatement(CallSyntax call)
    {
        CheckLabel(call);
        if (call.Name.Text == RepeatStatement.Rule.Name)
            return BindRepeat(call);
        if (call.Name.Text == ResidualStatement.Rule.Name)
            return BindResidual(call);
        if (LayerCatalogue.Find(call.Name.Text) is { } rule)
            return BindLayer(call, rule);
        if (!foreign.Explain(call.Name.Text, Known))
            bag.Add(BlockReader.Unknown(call.Name, "model", Known));
        return new BoundStatement.Broken(call);
    }

    private BoundStatement BindLayer(CallSyntax call, ILayerRule rule)
    {
        if (call.HasBlock)
            bag.Add(NameErrors.BlockNotAllowed(call));
        return arguments.Bind(call, rule) is { } bound && !call.HasBlock
            ? new BoundStatement.Layer(rule, bound, SpanPlace.Of(call.Span), call)
            : new BoundStatement.Broken(call);
    }

    private BoundStatement BindRepeat(CallSyntax call)
    {
        var bound = arguments.Bind(call, RepeatStatement.Rule);
        var body = BindBody(call);
        return bound is null || body.IsEmpty
            ? new BoundStatement.Broken(call)
            : new BoundStatement.Repeat(bound.Integer("count"), body, call);
    }

    private BoundStatement BindResidual(CallSyntax call)
    {
        var bound = arguments.Bind(call, ResidualStatement.Rule);
        var body = BindBody(call);
        return bound is null || body.IsEmpty
            ? new BoundStatement.Broken(call)
            : new BoundStatement.Residual(body, SpanPlace.Of(call.Span), call);
    }

    private ImmutableArray<BoundStatement> BindBody(CallSyntax call)
    {
        if (!call.HasBlock)
            bag.Add(NameErrors.MissingBraces(call));
        return Bind(call);
    }

    private void CheckLabel(CallSyntax call)
    {
        if (call.HasLabel && !labels.TryAdd(call.Label.Text, call.Label.Span))
            bag.Add(NameErrors.DuplicateLabel(call.Label, labels[call.Label.Text]));
    }
}
