using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>Binds the train block; mistakes are in the bag, and what has one is null or 0.</summary>
internal sealed class TrainBinder(ArgumentBinder arguments, DiagnosticBag bag)
{
    public const long DefaultBatch = 32;
    public const long DefaultEpochs = 1;

    /// <summary>What `train` may hold.</summary>
    internal static readonly string[] Known =
    [
        .. StatementCatalogue.Train.Select(rule => rule.Name)
            .Concat(["loss", "optimizer", "schedule", "metric"])
            .Order(StringComparer.Ordinal),
    ];

    private readonly ComponentBinder components = new(arguments, bag);
    private BlockStatements statements = new([], []);

    /// <param name="misplaced">The statements that stand where they cannot.</param>
    public BoundTraining Bind(CallSyntax block, IReadOnlySet<string> misplaced)
    {
        statements = new BlockReader(bag).Settings(block, Known, "metric").Beside(misplaced);
        var schedule = BindComponent("schedule", ScheduleCatalogue.Rules);
        var (epochs, steps) = BindLength();
        return new BoundTraining(
            block,
            Needed(block, "loss", LossCatalogue.Rules, "loss cross_entropy"),
            BindOptimizer(block),
            schedule,
            schedule?.Component ?? ConstantSchedule(block),
            BindMetrics(),
            BatchStatement.IsAuto(statements.Find("batch")) ? 0 : Integer(BatchStatement.Rule, DefaultBatch),
            BatchStatement.IsAuto(statements.Find("batch")),
            Span("batch", block),
            Integer(AccumulateStatement.Rule, 1),
            Span("accumulate", block),
            epochs,
            steps,
            BindClip(),
            Integer(SeedStatement.Rule, 0),
            BindValue(ShuffleStatement.Rule) as bool? ?? true,
            PrecisionStatement.Read(BindValue(PrecisionStatement.Rule) as string),
            BindCheckpoint());
    }

    private BoundCheckpoint BindCheckpoint()
    {
        var call = statements.Find(CheckpointStatement.Rule.Name);
        return call is null || arguments.Bind(call, CheckpointStatement.Rule) is not { } bound
            ? new BoundCheckpoint(CheckpointRequest.AtEnd, call)
            : new BoundCheckpoint(
                new CheckpointRequest(bound.Text("every"), checked((int)bound.Integer("keep")), bound.Text("best")), call);
    }

    private BoundComponent<TRule>? BindComponent<TRule>(string name, ImmutableArray<TRule> catalogue)
        where TRule : class, IComponentRule =>
        statements.Find(name) is { } call ? components.Bind(call, catalogue) : null;

    private BoundComponent<TRule>? Needed<TRule>(
        CallSyntax block,
        string name,
        ImmutableArray<TRule> catalogue,
        string example)
        where TRule : class, IComponentRule
    {
        if (block.HasBlock && statements.Lacks(name))
            bag.Add(NameErrors.MissingStatement(block, name, example));
        return BindComponent(name, catalogue);
    }

    private BoundComponent<OptimizerRule>? BindOptimizer(CallSyntax block)
    {
        var optimizer = Needed(block, "optimizer", OptimizerCatalogue.Rules, "optimizer adamw lr=1e-3");
        if (optimizer?.Component is { Kind: "sgd", Arguments: var values } && values.Flag("nesterov")
            && values.Real("momentum") <= 0)
            bag.Add(TypeErrors.NesterovWithoutMomentum(optimizer.Call, optimizer.Call.HeadSpan));
        return optimizer;
    }

    private List<BoundComponent<MetricRule>> BindMetrics()
    {
        var metrics = new List<BoundComponent<MetricRule>>();
        foreach (var metric in statements.Every("metric").SelectMany(call => components.BindAll(call, MetricCatalogue.Rules)))
        {
            if (metrics.Any(other => other.Rule.Name == metric.Rule.Name))
                bag.Add(NameErrors.DuplicateMetric(metric.Name));
            else
                metrics.Add(metric);
        }

        return metrics;
    }

    /// <summary>Epochs and steps: one of them rules, the other is 0.</summary>
    private (long Epochs, long Steps) BindLength()
    {
        if (statements.Find("epochs") is { } epochs && statements.Find("steps") is { } steps)
        {
            var (first, second) = epochs.Span.Start < steps.Span.Start ? (epochs, steps) : (steps, epochs);
            bag.Add(NameErrors.EpochsAndSteps(second, first));
        }

        var stepCount = Integer(StepsStatement.Rule, 0);
        var epochCount = Integer(EpochsStatement.Rule, DefaultEpochs);
        return stepCount > 0 ? (0, stepCount) : (epochCount, 0);
    }

    /// <summary><c>clip none</c> is the default, written out.</summary>
    private double BindClip()
    {
        var isNone = statements.Find("clip") is { Arguments: [{ Key: "" } only] }
            && ExpressionEvaluator.BareName(only.Value) == "none";
        return isNone ? 0 : BindValue(ClipStatement.Rule) as double? ?? 0;
    }

    /// <summary>The default where the statement is not written, 0 where it is mistaken.</summary>
    private long Integer(ComponentRule rule, long otherwise) =>
        statements.Find(rule.Name) is null ? otherwise : BindValue(rule) as long? ?? 0;

    /// <summary>The one value of a setting; null where it is not written, or mistaken.</summary>
    private object? BindValue(ComponentRule rule) =>
        statements.Find(rule.Name) is { } call && arguments.Bind(call, rule) is { } bound
            ? bound.Values[rule.Arguments[0].Name]
            : null;

    private SourceSpan Span(string statement, CallSyntax block) =>
        statements.Find(statement)?.HeadSpan ?? block.HeadSpan;

    private static CheckedComponent ConstantSchedule(CallSyntax block)
    {
        var rule = Catalogue.Schedules.ConstantSchedule.Rule;
        var values = CheckedArguments.None.Values.AddRange(rule.Arguments.Select(argument =>
            KeyValuePair.Create(argument.Name, argument.Default ?? "")));
        return new CheckedComponent(rule.Name, new CheckedArguments(values), SpanPlace.Of(block.Span));
    }
}
