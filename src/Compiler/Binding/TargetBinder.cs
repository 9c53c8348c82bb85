using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>Binds <c>target class N</c> and <c>target SHAPE</c>; null where there is a mistake.</summary>
internal sealed class TargetBinder(ArgumentBinder arguments, DiagnosticBag bag)
{
    private const string ClassWord = "class";

    public BoundTarget? Bind(CallSyntax call) => IsClass(call) ? BindClass(call) : BindValues(call);

    public static bool IsClass(CallSyntax call) =>
        call.Arguments.Count > 0
        && call.Arguments[0].Key.Length == 0
        && ExpressionEvaluator.BareName(call.Arguments[0].Value) == ClassWord;

    /// <summary><c>clas 10</c>: a word where a shape is a list.</summary>
    private static NameSyntax? MisspeltClass(CallSyntax call) =>
        Positional(call).Take(1).Select(argument => ExpressionEvaluator.Name(argument.Value))
            .FirstOrDefault(name => name is not null && Spelling.Nearest(name.Text, [ClassWord]) is not null);

    private BoundTarget? BindClass(CallSyntax call)
    {
        if (arguments.Bind(call, call.Arguments.Skip(1), ClassTargetStatement.Rule) is not { } bound)
            return null;
        var span = call.Arguments[0].Span.To(Positional(call).Last().Span);
        return new BoundTarget(new CheckedTarget.Class(bound.Integer("classes")), bound.Texts("columns"), call, span);
    }

    private BoundTarget? BindValues(CallSyntax call)
    {
        if (MisspeltClass(call) is { } word && arguments.IsWord(word))
            return bag.Refuse<BoundTarget>(NameErrors.UnknownComponent("target", word, [ClassWord]));
        if (arguments.Bind(call, ValuesTargetStatement.Rule) is not { } bound)
            return null;
        var span = Positional(call).Select(argument => argument.Span).FirstOrDefault(call.HeadSpan);
        var shape = new Shape(bound.Integers("shape"));
        if (shape.DimensionCount == 0)
            return new BoundTarget(null, bound.Texts("columns"), call, span);
        return ShapeSize.IsCountable(shape)
            ? new BoundTarget(new CheckedTarget.Values(shape), bound.Texts("columns"), call, span)
            : bag.Refuse<BoundTarget>(TypeErrors.ShapeBeyondRange(span, "the target", shape));
    }

    private static IEnumerable<ArgumentSyntax> Positional(CallSyntax call) =>
        call.Arguments.Where(argument => argument.Key.Length == 0);
}
