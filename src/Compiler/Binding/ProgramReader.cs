using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// A program's top level: its blocks by name, its <c>let</c>s by value; what does not belong there is in the bag.
/// </summary>
internal sealed class ProgramReader(DiagnosticBag bag)
{
    public static readonly string[] BlockNames = ["data", "model", "train", "parallel"];
    private static readonly string[] NeededBlocks = ["data", "model", "train"];

    private readonly Dictionary<string, CallSyntax> blocks = new(StringComparer.Ordinal);
    private readonly HashSet<string> meant = new(StringComparer.Ordinal);
    private readonly BlockReader blockReader = new(bag);

    public ProgramBlocks Read(ProgramSyntax program)
    {
        var environment = new ValueEnvironment();
        var lets = new LetReader(environment, bag).Read(program.Statements);
        var calls = blockReader.TopLevelCalls(program.Statements);
        foreach (var call in calls)
            ReadBlock(call);

        var definitions = BlockReader.Definitions(program.Statements).ToArray();
        var misplaced = MisplacedStatements.Of(calls, blocks, definitions);
        // What is to be moved into a block says that there must be one.
        meant.UnionWith(misplaced.Select(StatementHomes.Of).OfType<string>());
        var missing = NeededBlocks.Where(name => !blocks.ContainsKey(name) && !meant.Contains(name)).ToArray();
        if (missing.Length > 0)
            bag.Add(NameErrors.MissingBlocks(EndOf(program.File), missing));
        return new ProgramBlocks(
            Block("data"),
            Block("model"),
            Block("train"),
            Block("parallel"),
            environment,
            lets,
            definitions,
            misplaced);
    }

    private CallSyntax? Block(string name) => blocks.GetValueOrDefault(name);

    private void ReadBlock(CallSyntax call)
    {
        if (!BlockNames.Contains(call.Name.Text))
            RefuseBlock(call.Name);
        else if (!blocks.TryAdd(call.Name.Text, call))
            bag.Add(NameErrors.DuplicateStatement(call, blocks[call.Name.Text]));
        else
            CheckHead(call);
    }

    /// <summary>A misspelt block is not missing as well.</summary>
    private void RefuseBlock(NameSyntax name)
    {
        var near = Spelling.Nearest(name.Text, BlockNames);
        bag.Add(near is null && StatementHomes.Of(name.Text) is { } home
            ? NameErrors.StatementElsewhere(name, home, "outside of all blocks")
            : NameErrors.UnknownStatement(name, "a program", near, BlockNames));
        meant.Add(near ?? name.Text);
    }

    /// <summary>Only <c>parallel</c> takes an argument, and only it can do without a block.</summary>
    private void CheckHead(CallSyntax call)
    {
        if (call.HasLabel)
            bag.Add(NameErrors.LabelNotAllowed(call));
        if (call.Name.Text == "parallel")
            return;
        foreach (var argument in call.Arguments)
            bag.Add(ArgumentErrors.TooManyArguments(new ComponentRule(call.Name.Text, "", []), argument));
        if (!call.HasBlock)
            bag.Add(NameErrors.MissingBraces(call));
    }

    /// <summary>The last character that is no white space: where what is missing could be written.</summary>
    private static SourceSpan EndOf(SourceFile file)
    {
        var end = file.Text.TrimEnd().Length;
        return new SourceSpan(file, Math.Max(0, end - 1), Math.Min(1, end));
    }
}
