using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>A program's blocks, null where one is missing, and the values of its <c>let</c>s.</summary>
internal sealed record ProgramBlocks(
    CallSyntax? Data,
    CallSyntax? Model,
    CallSyntax? Train,
    CallSyntax? Parallel,
    ValueEnvironment Environment,
    IReadOnlyList<LetSyntax> Lets);
