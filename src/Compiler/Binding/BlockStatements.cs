using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>The known statements of a block, in order, and the names that misspelt ones were meant to have.</summary>
internal sealed record BlockStatements(IReadOnlyList<CallSyntax> All, IReadOnlyCollection<string> Meant)
{
    /// <summary>The statement of that name, null where there is none.</summary>
    public CallSyntax? Find(string name) => All.FirstOrDefault(call => call.Name.Text == name);

    /// <summary>Whether nothing stands for it, not even misspelt: then it is missing.</summary>
    public bool Lacks(string name) => Find(name) is null && !Meant.Contains(name);

    public IEnumerable<CallSyntax> Every(string name) => All.Where(call => call.Name.Text == name);
}
