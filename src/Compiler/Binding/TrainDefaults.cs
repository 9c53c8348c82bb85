using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Checked;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// The train block with every default written out. No <c>clip</c> and no <c>metric</c> mean that there is none.
/// </summary>
internal static class TrainDefaults
{
    public static CallSyntax Write(CallSyntax block, CheckedTraining training)
    {
        var statements = CallParts.Exchange(block.Block, call => Statement(call, training));
        var names = CallParts.In(statements).Select(call => call.Name.Text).ToHashSet(StringComparer.Ordinal);
        if (names.Contains("steps"))
            names.Add("epochs");
        var missing = Defaults(training).Where(call => !names.Contains(call.Name.Text));
        return block.WithBlock([.. statements, .. missing.Select(StatementSyntax.NewCall)]);
    }

    /// <summary>The program with <c>parallel auto</c> at its end; comments that stood there stay there.</summary>
    public static IReadOnlyList<StatementSyntax> WithAuto(IReadOnlyList<StatementSyntax> statements)
    {
        var none = StatementTrivia.None;
        var ending = statements[^1].Trivia.AfterLast;
        var trivia = new StatementTrivia(
            none.Leading, none.Trailing, none.SharesLine, none.BlockOnOneLine, none.BeforeEnd, ending);
        var auto = CallParts.Statement("parallel", WrittenValue.Name("auto")).With(trivia);
        return [.. statements, StatementSyntax.NewCall(auto)];
    }

    private static CallSyntax[] Defaults(CheckedTraining training) =>
    [
        DefaultsWriter.Named(CallParts.Statement("schedule", WrittenValue.Name(training.Schedule.Kind)), ScheduleCatalogue.Rules),
        CallParts.Statement("batch", WrittenValue.Integer(training.GlobalBatch)),
        CallParts.Statement("accumulate", WrittenValue.Integer(training.Accumulate)),
        CallParts.Statement("epochs", WrittenValue.Integer(training.Epochs)),
        CallParts.Statement("seed", WrittenValue.Integer(training.Seed)),
        CallParts.Statement("shuffle", WrittenValue.Name(training.Shuffle ? "true" : "false")),
        CallParts.Statement("precision", WrittenValue.Name(training.Precision.Name())),
        DefaultsWriter.Setting(CallParts.Statement(CheckpointStatement.Rule.Name), StatementCatalogue.Train),
    ];

    /// <summary>
    /// A statement with several metrics is as it is: arguments behind them would be every metric's. What <c>batch auto</c> has
    /// found stands in its place: another machine would find another number, and learn otherwise.
    /// </summary>
    private static CallSyntax Statement(CallSyntax call, CheckedTraining training) => call.Name.Text switch
    {
        "batch" when BatchStatement.IsAuto(call) && !training.FindsBatch =>
            call.With([CallParts.Argument("", WrittenValue.Integer(training.GlobalBatch))]),
        "loss" => DefaultsWriter.Named(call, LossCatalogue.Rules),
        "optimizer" => DefaultsWriter.Named(call, OptimizerCatalogue.Rules),
        "schedule" => DefaultsWriter.Named(call, ScheduleCatalogue.Rules),
        "metric" when call.Arguments.Count > 1 => call,
        "metric" => DefaultsWriter.Named(call, MetricCatalogue.Rules),
        _ => DefaultsWriter.Setting(call, StatementCatalogue.Train),
    };
}
