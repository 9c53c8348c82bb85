using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Checked;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>The data block with every default written out, and with the shapes that the files gave.</summary>
internal static class DataDefaults
{
    public static CallSyntax Write(CallSyntax block, CheckedData data)
    {
        var statements = CallParts.Exchange(block.Block, call => Statement(call, data));
        var names = CallParts.In(statements).Select(call => call.Name.Text).ToHashSet(StringComparer.Ordinal);
        var validation = CallParts.Statement("validation", WrittenValue.Integer(0));
        // A text's spec states no input.
        CallSyntax[] missing = data.InputKind is ValueKind.Tokens
            ? [validation]
            : [Input(CallParts.Statement("input"), data), validation];
        return block.WithBlock(
            [.. statements, .. missing.Where(call => !names.Contains(call.Name.Text)).Select(StatementSyntax.NewCall)]);
    }

    private static CallSyntax Statement(CallSyntax call, CheckedData data) => call.Name.Text switch
    {
        "source" => DefaultsWriter.Named(call, SourceCatalogue.Rules),
        "input" => Input(call, data),
        "target" when TargetBinder.IsClass(call) => DefaultsWriter.Named(call, [Class]),
        "target" when data.Target is CheckedTarget.Values values => Shaped(call, ValuesTargetStatement.Rule, values.Shape),
        _ => DefaultsWriter.Setting(call, StatementCatalogue.Data),
    };

    /// <summary>The rule under the word that names it: the catalogue calls it <c>target class</c>.</summary>
    private static ComponentRule Class => ClassTargetStatement.Rule with { Name = "class" };

    private static CallSyntax Input(CallSyntax call, CheckedData data) => Shaped(call, InputStatement.Rule, data.Input);

    /// <summary>Without a shape, which is the only positional argument, that of the files stands first.</summary>
    private static CallSyntax Shaped(CallSyntax call, IComponentRule rule, Shape shape)
    {
        var written = WholeArguments.Written(call, call.Arguments, rule);
        var isStated = written.Any(argument => argument.Name == "shape" && !IsEmptyList(argument.Syntax.Value));
        if (isStated)
            return DefaultsWriter.Whole(call, rule);
        var stated = CallParts.Argument("", WrittenValue.Integers(shape.Sizes));
        var others = written.Where(argument => argument.Name != "shape").Select(argument => argument.Syntax);
        return DefaultsWriter.Whole(call.With([stated, .. others]), rule);
    }

    /// <summary><c>input []</c> leaves the shape to the files too.</summary>
    private static bool IsEmptyList(ExpressionSyntax value) => value.Match(
        number: _ => false,
        text: _ => false,
        name: _ => false,
        list: list => list.Items.Count == 0,
        unary: _ => false,
        binary: _ => false);
}
