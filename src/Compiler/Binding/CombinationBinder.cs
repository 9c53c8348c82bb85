using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>Statements that make one value of several: <c>concat enc1</c>, <c>branches add { ... }</c>.</summary>
internal sealed class CombinationBinder(ArgumentBinder arguments, BodyLabels labels, DiagnosticBag bag)
{
    /// <summary>The labels stand first, without keys; what has a key is the combination's own argument.</summary>
    public BoundStatement Combination(CallSyntax call, ICombinationRule rule)
    {
        var errorsBefore = bag.Count;
        var (positional, keyed) = Parts(call);
        if (call.HasBlock)
            bag.Add(NameErrors.BlockNotAllowed(call));
        if (positional.Length == 0)
            bag.Add(LabelErrors.MissingLabel(call));
        var names = positional.Select(argument => Label(call, argument)).OfType<string>().ToImmutableArray();
        var bound = arguments.Bind(call, keyed, rule);
        return bound is null || bag.Count > errorsBefore || names.Length < positional.Length
            ? new BoundStatement.Broken(call)
            : new BoundStatement.Combination(rule, bound, names, call);
    }

    /// <param name="bindBranch">Binds one <c>branch</c>.</param>
    public BoundStatement Branches(CallSyntax call, Func<CallSyntax, BoundStatement> bindBranch)
    {
        var bound = new ComponentBinder(arguments, bag).Bind(call, CombinationCatalogue.Rules, "way to combine branches");
        if (!call.HasBlock)
            bag.Add(NameErrors.MissingBraces(call));
        var calls = new BlockReader(bag).Calls(call);
        var all = labels.InBlock(call, () => calls.Select(inner => Branch(inner, bindBranch)).ToImmutableArray());
        if (call.HasBlock && calls.Count < 2 && calls.All(IsBranch))
            bag.Add(LabelErrors.TooFewBranches(call, calls.Count));
        return bound is null || all.Length < 2
            ? new BoundStatement.Broken(call)
            : new BoundStatement.Branches(bound.Rule, bound.Component.Arguments, all, call);
    }

    /// <summary>The arguments without a key, and those with one.</summary>
    public static (ImmutableArray<ArgumentSyntax> Positional, ImmutableArray<ArgumentSyntax> Keyed) Parts(CallSyntax call) =>
    (
        [.. call.Arguments.Where(argument => argument.Key.Length == 0)],
        [.. call.Arguments.Where(argument => argument.Key.Length > 0)]);

    private static bool IsBranch(CallSyntax call) => call.Name.Text == BranchStatement.Rule.Name;

    private BoundStatement Branch(CallSyntax call, Func<CallSyntax, BoundStatement> bindBranch)
    {
        if (IsBranch(call))
            return bindBranch(call);
        bag.Add(LabelErrors.OtherThanBranch(call));
        return new BoundStatement.Broken(call);
    }

    private string? Label(CallSyntax call, ArgumentSyntax argument)
    {
        if (ExpressionEvaluator.Name(argument.Value) is not { } name)
            return bag.Refuse<string>(LabelErrors.NotALabel(call, argument));
        return labels.Reaches(name) ? name.Text : null;
    }
}
