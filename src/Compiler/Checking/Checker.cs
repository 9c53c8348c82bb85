using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Diagnostics;
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
        var value = new ProgramChecker(blocks, program.File, bag).Check(description);
        if (!bag.HasErrors)
            WarnOfUnusedLets(blocks, bag);
        return new StageResult<CheckedProgram>(bag.HasErrors ? null : value, bag.InOrder(program.File.Path));
    }

    /// <summary>Only for a program without errors: a mistaken statement may not have reached its names.</summary>
    private static void WarnOfUnusedLets(ProgramBlocks blocks, DiagnosticBag bag)
    {
        foreach (var binding in blocks.Lets.Where(binding => !blocks.Environment.IsUsed(binding.Name.Text)))
            bag.Add(ExpressionErrors.UnusedLet(binding.Name));
    }
}
