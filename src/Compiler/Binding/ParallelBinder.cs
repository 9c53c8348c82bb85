using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// Binds <c>parallel auto</c> and <c>parallel { data 4; shard optimizer }</c>; no block is <c>parallel auto</c>.
/// </summary>
internal sealed class ParallelBinder(ArgumentBinder arguments, DiagnosticBag bag)
{
    private const string Auto = "auto";
    private const string AutoOrData = "parallel auto` or `parallel { data 4 }";

    private static readonly ComponentRule Head = new(
        "parallel",
        "The layout.",
        [
            new ArgumentRule("layout", ArgumentType.Choice, "The planner chooses.")
            {
                IsPositional = true,
                Default = "",
                Choices = [Auto],
            },
        ]);

    /// <summary>What a layout may hold.</summary>
    internal static readonly string[] Known = [.. StatementCatalogue.Parallel.Select(rule => rule.Name)];

    public ParallelRequest Bind(CallSyntax? block, SourceFile file)
    {
        if (block is null)
            return ParallelRequest.Auto(new SourceSpan(file, 0, 0));
        if (IsBareStatement(block))
            return BindBare(block);
        var head = arguments.Bind(block, Head);
        if (head?.Text("layout") == Auto)
            return BindAuto(block);
        if (head is not null && !block.HasBlock)
            bag.Add(NameErrors.NeedsLayout(block, AutoOrData));
        return BindLayout(block);
    }

    private ParallelRequest BindBare(CallSyntax block)
    {
        bag.Add(NameErrors.StatementWithoutBraces(block));
        return BindLayout(block);
    }

    /// <summary><c>parallel data 4</c>: what should stand in braces stands in the head.</summary>
    private static bool IsBareStatement(CallSyntax block) =>
        block.Arguments.Take(1).Any(argument => Known.Contains(Word(argument)));

    private static string Word(ArgumentSyntax argument) =>
        argument.Key.Length > 0 ? argument.Key : ExpressionEvaluator.BareName(argument.Value) ?? "";

    private ParallelRequest BindAuto(CallSyntax block)
    {
        if (block.HasBlock)
            bag.Add(NameErrors.BlockNotAllowed(block));
        return ParallelRequest.Auto(block.HeadSpan);
    }

    private ParallelRequest BindLayout(CallSyntax block)
    {
        var statements = new BlockReader(bag).Settings(block, Known);
        if (block.HasBlock && block.Block.Count == 0)
            bag.Add(NameErrors.EmptyBlock(block, "a layout", AutoOrData));
        var axes = new AxisBinder(arguments, bag, statements);
        return new ParallelRequest(
            false, axes.Data(block), axes.Pipeline(), axes.Tensor(), axes.Recompute(), axes.CheckReplicas(), axes.Span(block))
        {
            Nodes = axes.Nodes(),
        };
    }
}
