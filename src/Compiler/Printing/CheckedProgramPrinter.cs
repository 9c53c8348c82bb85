using ParDsl.Compiler.Checked;
using ParDsl.Printing;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// A checked program as text: every default written out, every layer with its shapes and costs. It is what
/// <c>pardsl show checked</c> prints. Paths stand as they were written.
/// </summary>
public static class CheckedProgramPrinter
{
    /// <param name="width">The columns of a terminal, which the table of layers keeps to.</param>
    public static string Print(CheckedProgram program, int width = TextFold.Unbounded) => string.Join(
        '\n',
        [
            $"program {program.Name}",
            "",
            "data",
            .. Indent(Lines(ProgramFacts.Data(program.Data))),
            "",
            "model",
            .. CheckedModelPrinter.Lines(program.Model, program.Training.Precision, width),
            "",
            "train",
            .. Indent(Lines(ProgramFacts.Training(program.Training))),
            "",
            "parallel",
            .. Indent(ParallelRequestPrinter.Lines(program.Parallel)),
            "",
        ]);

    private static IEnumerable<string> Indent(IEnumerable<string> lines) =>
        lines.Select(line => line.Length == 0 ? "" : $"  {line}");

    private static IEnumerable<string> Lines(IEnumerable<(string Name, string Text)> facts) =>
        facts.Select(fact => $"{fact.Name,-10}  {fact.Text}");
}
