using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// A program's statements come in; the program whose data's path is a full one goes out. Where a <c>let</c> that nothing else
/// uses holds the path, it is that <c>let</c> which changes: it would be left unused.
/// </summary>
internal sealed class FullDataPath(IReadOnlyList<StatementSyntax> statements, CheckedData data, string currentFolder)
{
    private readonly Dictionary<string, ExpressionSyntax> changedLets = new(StringComparer.Ordinal);

    public ProgramSyntax Program(SourceFile file)
    {
        var rule = SourceCatalogue.Rules.First(known => known.Name == data.Source.Kind);
        if (rule.Arguments.FirstOrDefault(argument => argument.IsPath) is not { } path)
            return new ProgramSyntax(file, statements);
        var full = FullPath(data.Source.Arguments.Text(path.Name));
        var changed = CallParts.Exchange(
            statements, block => block.Name.Text == "data" ? InData(block, rule, path.Name, full) : block);
        return new ProgramSyntax(file, [.. changed.Select(WithChangedLet)]);
    }

    /// <summary>As the readers find it: a relative path starts at the folder of the file that it is written in.</summary>
    private string FullPath(string path)
    {
        var folder = Path.GetDirectoryName(data.SourceSpan.File.Path) ?? "";
        return Path.GetFullPath(Path.Combine(folder, path), currentFolder);
    }

    private CallSyntax InData(CallSyntax block, IComponentRule rule, string name, string full) =>
        block.WithBlock(
            CallParts.Exchange(block.Block, call => call.Name.Text == "source" ? InSource(call, rule, name, full) : call));

    private CallSyntax InSource(CallSyntax call, IComponentRule rule, string name, string full)
    {
        var arguments = WholeArguments.Written(call, call.Arguments.Skip(1), rule)
            .Select(
                argument => argument.Name == name ? argument.Syntax.With(Full(argument.Syntax.Value, full)) : argument.Syntax);
        return call.With([call.Arguments[0], .. arguments]);
    }

    private ExpressionSyntax Full(ExpressionSyntax value, string full)
    {
        var name = ExpressionEvaluator.BareName(value);
        var holder = BlockReader.Lets(statements).FirstOrDefault(binding => binding.Name.Text == name);
        if (holder is null || NameUses.Count(statements, holder.Name.Text) > 1)
            return WrittenValue.Text(full);
        changedLets[holder.Name.Text] = Full(holder.Value, full);
        return value;
    }

    private StatementSyntax WithChangedLet(StatementSyntax statement) => statement.Match(
        call: _ => statement,
        binding: binding => changedLets.TryGetValue(binding.Name.Text, out var value)
            ? StatementSyntax.NewLet(new LetSyntax(binding.Name, value, binding.Span, binding.Trivia))
            : statement,
        definition: _ => statement,
        import: _ => statement);
}
