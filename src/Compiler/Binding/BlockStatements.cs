using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>The known statements of a block, in order, and the names of what is refused already, misspelt or elsewhere.</summary>
internal sealed record BlockStatements(IReadOnlyList<CallSyntax> All, IReadOnlyCollection<string> Meant)
{
    /// <summary>The statement of that name, null where there is none.</summary>
    public CallSyntax? Find(string name) => All.FirstOrDefault(call => call.Name.Text == name);

    /// <summary>Whether nothing stands for it, not even misspelt: then it is missing.</summary>
    public bool Lacks(string name) => Find(name) is null && !Meant.Contains(name);

    /// <summary>The same where these stand in other blocks, and are refused there.</summary>
    public BlockStatements Beside(IEnumerable<string> misplaced) => this with { Meant = [.. Meant, .. misplaced] };

    public IEnumerable<CallSyntax> Every(string name) => All.Where(call => call.Name.Text == name);
}
