using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// Statements that name a component of a catalogue: <c>optimizer adamw lr=1e-3</c>. Null where there is a mistake.
/// </summary>
internal sealed class ComponentBinder(ArgumentBinder arguments, DiagnosticBag bag)
{
    /// <param name="role">What the name names, where the statement's own word does not say it.</param>
    public BoundComponent<TRule>? Bind<TRule>(CallSyntax call, ImmutableArray<TRule> catalogue, string? role = null)
        where TRule : class, IComponentRule
    {
        if (FirstName(call) is not { } name)
            return bag.Refuse<BoundComponent<TRule>>(NameErrors.MissingComponent(call, catalogue.Select(rule => rule.Name)));
        return Named(call, name, call.Arguments.Where(argument => !IsNamed(argument, name)), catalogue, role);
    }

    /// <summary>Every component that the statement names: <c>metric accuracy mean_absolute_error</c>.</summary>
    public IEnumerable<BoundComponent<TRule>> BindAll<TRule>(CallSyntax call, ImmutableArray<TRule> catalogue)
        where TRule : class, IComponentRule
    {
        var names = call.Arguments.Select(Name).OfType<NameSyntax>().ToArray();
        if (names.Length == 0)
            bag.Add(NameErrors.MissingComponent(call, catalogue.Select(rule => rule.Name)));
        var others = call.Arguments.Where(argument => Name(argument) is null);
        return [.. names.Select(name => Named(call, name, others, catalogue)).OfType<BoundComponent<TRule>>()];
    }

    private BoundComponent<TRule>? Named<TRule>(
        CallSyntax call,
        NameSyntax name,
        IEnumerable<ArgumentSyntax> rest,
        ImmutableArray<TRule> catalogue,
        string? role = null)
        where TRule : class, IComponentRule
    {
        var rule = catalogue.FirstOrDefault(known => known.Name == name.Text);
        if (rule is null)
        {
            return bag.Refuse<BoundComponent<TRule>>(
                NameErrors.UnknownComponent(role ?? call.Name.Text, name, catalogue.Select(known => known.Name)));
        }

        return arguments.Bind(call, rest, rule) is { } bound
            ? new BoundComponent<TRule>(rule, new CheckedComponent(rule.Name, bound, SpanPlace.Of(call.Span)), name, call)
            : null;
    }

    private static NameSyntax? FirstName(CallSyntax call) =>
        call.Arguments.Count > 0 ? Name(call.Arguments[0]) : null;

    private static bool IsNamed(ArgumentSyntax argument, NameSyntax name) => ReferenceEquals(Name(argument), name);

    private static NameSyntax? Name(ArgumentSyntax argument) =>
        argument.Key.Length == 0 ? ExpressionEvaluator.Name(argument.Value) : null;
}
