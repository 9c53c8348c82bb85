using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>The known statements of a block, in order.</summary>
internal sealed record BlockStatements(IReadOnlyList<CallSyntax> All)
{
    /// <summary>The statement of that name, null where there is none.</summary>
    public CallSyntax? Find(string name) => All.FirstOrDefault(call => call.Name.Text == name);

    public IEnumerable<CallSyntax> Every(string name) => All.Where(call => call.Name.Text == name);
}
