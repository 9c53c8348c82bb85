using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Checking;

/// <summary>
/// Syntax and the description of the data come in; the checked program goes out, with every name resolved, every shape known
/// and every default filled in. All mistakes of a program are found in one call.
/// </summary>
public static class Checker
{
    /// <param name="description">Null where the files could not be described: all that does not need them is checked.</param>
    public static StageResult<CheckedProgram> Check(ProgramSyntax program, DatasetDescription? description)
    {
        var bag = new DiagnosticBag();
        var blocks = new ProgramReader(bag).Read(program);
        var definitions = new DefinitionReader(bag).Read(blocks.Definitions);
        var value = new ProgramChecker(blocks, definitions, program.File, bag).Check(description);
        if (!bag.HasErrors)
            WarnOfUnused(blocks, definitions, program.File, bag);
        return new StageResult<CheckedProgram>(bag.HasErrors ? null : value, bag.InOrder(program.File.Path));
    }

    /// <summary>
    /// Only for a program without errors: a mistaken statement may not have reached its names. An imported file may define
    /// more than one program uses.
    /// </summary>
    private static void WarnOfUnused(ProgramBlocks blocks, ProgramDefinitions definitions, SourceFile file, DiagnosticBag bag)
    {
        var lets = blocks.Lets
            .Where(binding => !blocks.Environment.IsUsed(binding.Name.Text))
            .Select(binding => ExpressionErrors.UnusedLet(binding.Name));
        var warnings = lets.Concat(definitions.Unused.Select(DefinitionErrors.UnusedDefinition));
        foreach (var warning in warnings.Where(warning => warning.Span.File.Path == file.Path))
            bag.Add(warning);
    }
}
