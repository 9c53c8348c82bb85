using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>Binds the statements of one body, and of the blocks in it.</summary>
internal sealed class BodyBinder
{
    private readonly DefinitionUses uses;
    private readonly BodyScope scope;
    private readonly DiagnosticBag bag;
    private readonly ArgumentBinder arguments;
    private readonly CombinationBinder combinations;

    public BodyBinder(DefinitionUses uses, BodyScope scope, DiagnosticBag bag)
    {
        (this.uses, this.scope, this.bag) = (uses, scope, bag);
        arguments = new ArgumentBinder(new ExpressionEvaluator(scope.Values, bag), bag);
        combinations = new CombinationBinder(arguments, scope.Labels, bag);
    }

    /// <param name="name">How messages call the block: <c>model</c>, <c>repeat</c>, a definition's name.</param>
    public ImmutableArray<BoundStatement> Bind(IReadOnlyList<StatementSyntax> statements, string name) =>
        [.. new BlockReader(bag).Calls(statements, name).Select(BindLabelled)];

    private BoundStatement BindLabelled(CallSyntax call)
    {
        if (scope.Kind == BodyKind.Use && !uses.MayMake(call))
            return new BoundStatement.Broken(call);
        scope.Labels.Begin(call);
        var bound = BindStatement(call);
        scope.Labels.End(call);
        return bound;
    }

    private BoundStatement BindStatement(CallSyntax call)
    {
        var word = call.Name.Text;
        if (LayerCatalogue.Find(word) is { } rule)
            return BindLayer(call, rule);
        if (CombinationCatalogue.Find(word) is { } combination)
            return combinations.Combination(call, combination);
        if (BindBlock(call) is { } block)
            return block;
        if (uses.Bind(call, scope) is { } use)
            return use;
        bag.Add(word == BranchStatement.Rule.Name
            ? LabelErrors.BranchOutside(call)
            : BlockReader.Unknown(call, "model", [.. ModelWords.Statements, .. uses.Names]));
        return new BoundStatement.Broken(call);
    }

    private BoundStatement BindLayer(CallSyntax call, ILayerRule rule)
    {
        if (call.HasBlock)
            bag.Add(NameErrors.BlockNotAllowed(call));
        return arguments.Bind(call, rule) is { } bound && !call.HasBlock
            ? new BoundStatement.Layer(rule, bound, call)
            : new BoundStatement.Broken(call);
    }

    /// <summary>A statement with a block of its own; null where the word is none.</summary>
    private BoundStatement? BindBlock(CallSyntax call)
    {
        var word = call.Name.Text;
        if (word == RepeatStatement.Rule.Name)
            return BindRepeat(call);
        if (word == ResidualStatement.Rule.Name)
            return BindResidual(call);
        if (word == SequentialStatement.Rule.Name)
            return BindSequential(call);
        return word == BranchesStatement.Rule.Name ? combinations.Branches(call, BindBranch) : null;
    }

    private BoundStatement BindRepeat(CallSyntax call)
    {
        var bound = arguments.Bind(call, RepeatStatement.Rule);
        var body = BindBody(call);
        return bound is null || body.IsEmpty
            ? new BoundStatement.Broken(call)
            : new BoundStatement.Repeat(bound.Integer("count"), body, call);
    }

    private BoundStatement BindSequential(CallSyntax call)
    {
        var bound = arguments.Bind(call, SequentialStatement.Rule);
        var body = BindBody(call);
        return bound is null || body.IsEmpty ? new BoundStatement.Broken(call) : new BoundStatement.Group(body, call);
    }

    private BoundStatement BindResidual(CallSyntax call)
    {
        var bound = arguments.Bind(call, ResidualStatement.Rule);
        var body = BindBody(call);
        if (bound is null || body.IsEmpty)
            return new BoundStatement.Broken(call);
        var projects = bound.Flag("projection");
        var taken = body.Select(statement => statement.Call).FirstOrDefault(
            inner => projects && inner.HasLabel && inner.Label.Text == BypassProjection.Label);
        if (taken is not null)
            bag.Add(LabelErrors.LabelOfProjection(taken.Label));
        return new BoundStatement.Residual(projects, body, call);
    }

    private BoundStatement BindBranch(CallSyntax call)
    {
        scope.Labels.Begin(call);
        var bound = arguments.Bind(call, BranchStatement.Rule);
        var body = BindBody(call, mayBeEmpty: true);
        scope.Labels.End(call);
        return bound is null || !call.HasBlock ? new BoundStatement.Broken(call) : new BoundStatement.Branch(body, call);
    }

    private ImmutableArray<BoundStatement> BindBody(CallSyntax call, bool mayBeEmpty = false)
    {
        if (!call.HasBlock)
            bag.Add(NameErrors.MissingBraces(call));
        else if (call.Block.Count == 0 && !mayBeEmpty)
            bag.Add(NameErrors.EmptyBlock(call, "a layer", $"{call.HeadSpan.Words} {{ linear 10 }}"));
        return scope.Labels.InBlock(call, () => Bind(call.Block, call.Name.Text));
    }
}
