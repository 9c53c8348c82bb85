using ParDsl.Compiler.Data;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>What a program asks of its data files, before any is opened.</summary>
public static class DataBinder
{
    /// <summary>
    /// The data block's request, or null where the block has a mistake. Its diagnostics are among those that
    /// <see cref="Checking.Checker.Check"/> gives for the same program.
    /// </summary>
    public static StageResult<DatasetRequest> Bind(ProgramSyntax program)
    {
        var bag = new DiagnosticBag();
        var blocks = new ProgramReader(bag).Read(program);
        if (blocks.Data is null)
            return new StageResult<DatasetRequest>(null, bag.InOrder(program.File.Path));
        var arguments = new ArgumentBinder(new ExpressionEvaluator(blocks.Environment, bag), bag);
        var data = new DataBlockBinder(arguments, bag).Bind(blocks.Data, blocks.Misplaced);
        return new StageResult<DatasetRequest>(data?.Request, bag.InOrder(program.File.Path));
    }
}
