using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>Binds the data block; null where there is a mistake in it.</summary>
internal sealed class DataBlockBinder(ArgumentBinder arguments, DiagnosticBag bag)
{
    /// <summary>What `data` may hold.</summary>
    internal static readonly string[] Known = ["source", "input", "target", "validation"];

    private readonly ComponentBinder components = new(arguments, bag);

    /// <param name="misplaced">The statements that stand where they cannot.</param>
    public BoundData? Bind(CallSyntax block, IReadOnlySet<string> misplaced)
    {
        var errorsBefore = bag.Count;
        var statements = new BlockReader(bag).Settings(block, Known).Beside(misplaced);
        var source = BindSource(block, statements);
        var input = statements.Find("input");
        var inputArguments = input is null ? Defaults(InputStatement.Rule) : arguments.Bind(input, InputStatement.Rule);
        var target = statements.Find("source") is { } call && HasTextSource(call)
            ? BindNoTarget(call, input, statements)
            : BindTarget(block, statements);
        var fraction = BindFraction(statements.Find("validation"));
        if (source is null || inputArguments is null || target is null || bag.Count > errorsBefore)
            return null;
        var data = Assemble(source, input, inputArguments, target, fraction);
        return IsWhole(data, block) ? data : null;
    }

    /// <summary>Whether a block, sound or not, has a text for its source.</summary>
    public static bool NamesText(CallSyntax? block) =>
        CallParts.In(block?.Block ?? []).Any(call => call.Name.Text == "source" && HasTextSource(call));

    private BoundComponent<IComponentRule>? BindSource(CallSyntax block, BlockStatements statements)
    {
        if (statements.Find("source") is { } source)
            return components.Bind(source, SourceCatalogue.Rules);
        if (block.HasBlock && statements.Lacks("source"))
            bag.Add(NameErrors.MissingStatement(block, "source", "source csv \"data.csv\""));
        return null;
    }

    private BoundTarget? BindTarget(CallSyntax block, BlockStatements statements)
    {
        if (statements.Find("target") is { } target)
            return new TargetBinder(arguments, bag).Bind(target);
        if (block.HasBlock && statements.Lacks("target"))
            bag.Add(NameErrors.MissingStatement(block, "target", "target class 10"));
        return null;
    }

    /// <summary>A text is input and target both, so neither is stated.</summary>
    private BoundTarget BindNoTarget(CallSyntax source, CallSyntax? input, BlockStatements statements)
    {
        foreach (var stated in new[] { input, statements.Find("target") }.OfType<CallSyntax>())
            bag.Add(TypeErrors.StatedForText(stated));
        return new BoundTarget(null, [], source, source.HeadSpan);
    }

    private static bool HasTextSource(CallSyntax source) =>
        source.Arguments.Count > 0 && SourceCatalogue.IsText(ExpressionEvaluator.BareName(source.Arguments[0].Value));

    private double BindFraction(CallSyntax? validation) => validation is null
        ? 0
        : arguments.Bind(validation, ValidationStatement.Rule)?.Real("fraction") ?? 0;

    private static BoundData Assemble(
        BoundComponent<IComponentRule> source,
        CallSyntax? input,
        CheckedArguments inputArguments,
        BoundTarget target,
        double fraction)
    {
        var sourceSpan = source.Call.Arguments.Where(argument => argument.Key.Length == 0).Skip(1)
            .Select(argument => argument.Span).FirstOrDefault(source.Call.HeadSpan);
        var stated = new Shape(inputArguments.Integers("shape"));
        return new BoundData(
            source,
            sourceSpan,
            inputArguments,
            stated.DimensionCount == 0 ? null : stated,
            input?.HeadSpan ?? source.Call.HeadSpan,
            ColumnsSpan(input, sourceSpan),
            target.Stated,
            target.Call,
            target.Span,
            target.Columns,
            ColumnsSpan(target.Call, sourceSpan),
            fraction);
    }

    private static SourceSpan ColumnsSpan(CallSyntax? call, SourceSpan otherwise) =>
        (call?.Arguments ?? []).Where(argument => argument.Key == "columns")
            .Select(argument => argument.Span).FirstOrDefault(otherwise);

    /// <summary>Synthetic data has no files to learn shapes from; only csv has columns.</summary>
    private bool IsWhole(BoundData data, CallSyntax block)
    {
        var errorsBefore = bag.Count;
        var kind = data.Source.Component.Kind;
        if (kind == "synthetic" && data.StatedInput is null)
            bag.Add(TypeErrors.SyntheticNeedsShape(data.Source.Call, "input", "input [10]"));
        if (kind == "synthetic" && data.StatedTarget is null)
            bag.Add(TypeErrors.SyntheticNeedsShape(data.Source.Call, "target", "target [5]"));
        if (kind != "csv" && !data.Input.Texts("columns").IsEmpty)
            bag.Add(TypeErrors.ColumnsWithoutCsv(data.InputColumnsSpan, kind));
        if (kind != "csv" && !data.TargetColumns.IsEmpty)
            bag.Add(TypeErrors.ColumnsWithoutCsv(data.TargetColumnsSpan, kind));
        if (data.StatedInput is { } input && !ShapeSize.IsCountable(input))
            bag.Add(TypeErrors.ShapeBeyondRange(data.InputSpan, "the input", input));
        return bag.Count == errorsBefore && block.HasBlock;
    }

    private static CheckedArguments Defaults(ComponentRule rule) => new(
        CheckedArguments.None.Values.AddRange(rule.Arguments
            .Where(argument => argument.Default is not null)
            .Select(argument => KeyValuePair.Create(argument.Name, argument.Default ?? ""))));
}
