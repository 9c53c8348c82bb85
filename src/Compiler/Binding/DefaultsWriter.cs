using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// A program without mistakes comes in; the same program with every default written out goes out, so that it means the same
/// in any folder and in any later version. Law: it checks as the first one does, and writing its defaults changes nothing.
/// </summary>
public static class DefaultsWriter
{
    /// <param name="program">The tree with its imports and every <c>--set</c> in it.</param>
    /// <param name="checkedProgram">What the checker made of it.</param>
    /// <param name="currentFolder">The full path that relative paths of source files start at.</param>
    public static ProgramSyntax WithDefaults(ProgramSyntax program, CheckedProgram checkedProgram, string currentFolder)
    {
        var used = new ImportedNames(program).WithoutUnused();
        var model = new ModelDefaults(used);
        var filled = used.Select(statement => statement.Match(
            call: block => StatementSyntax.NewCall(Block(block, checkedProgram, model)),
            binding: _ => statement,
            definition: definition => StatementSyntax.NewDefinition(model.Write(definition)),
            import: _ => statement)).ToArray();
        var whole = CallParts.In(filled).Any(block => block.Name.Text == "parallel")
            ? filled
            : TrainDefaults.WithAuto(filled);
        return new FullDataPath(whole, checkedProgram.Data, currentFolder).Program(program.File);
    }

    private static CallSyntax Block(CallSyntax block, CheckedProgram program, ModelDefaults model) => block.Name.Text switch
    {
        "data" => DataDefaults.Write(block, program.Data),
        "model" => block.WithBlock(model.Write(block.Block)),
        "train" => TrainDefaults.Write(block, program.Training),
        _ => block.WithBlock(CallParts.Exchange(block.Block, call => Setting(call, StatementCatalogue.Parallel))),
    };

    internal static CallSyntax Whole(CallSyntax call, IComponentRule rule) =>
        call.With([.. WholeArguments.Of(call, call.Arguments, rule)]);

    /// <summary>The first argument says which rule the others meet: <c>optimizer adamw lr=1e-3</c>.</summary>
    internal static CallSyntax Named(CallSyntax call, IEnumerable<IComponentRule> catalogue)
    {
        var name = ExpressionEvaluator.BareName(call.Arguments[0].Value);
        return catalogue.FirstOrDefault(rule => rule.Name == name) is { } rule
            ? call.With([call.Arguments[0], .. WholeArguments.Of(call, call.Arguments.Skip(1), rule)])
            : call;
    }

    internal static CallSyntax Setting(CallSyntax call, IEnumerable<IComponentRule> statements) =>
        statements.FirstOrDefault(rule => rule.Name == call.Name.Text) is { } rule ? Whole(call, rule) : call;
}
