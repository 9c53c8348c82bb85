using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>A program's blocks, null where one is missing, its <c>let</c>s' values, and its <c>def</c>s as written.</summary>
/// <param name="Misplaced">The names of statements that stand in another block than their own.</param>
internal sealed record ProgramBlocks(
    CallSyntax? Data,
    CallSyntax? Model,
    CallSyntax? Train,
    CallSyntax? Parallel,
    ValueEnvironment Environment,
    IReadOnlyList<LetSyntax> Lets,
    IReadOnlyList<DefinitionSyntax> Definitions,
    IReadOnlySet<string> Misplaced);
