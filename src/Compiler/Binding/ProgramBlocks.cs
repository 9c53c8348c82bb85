using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>A program's blocks, null where one is missing, the values of its <c>let</c>s, and names that other statements make.</summary>
internal sealed record ProgramBlocks(
    CallSyntax? Data,
    CallSyntax? Model,
    CallSyntax? Train,
    CallSyntax? Parallel,
    ValueEnvironment Environment,
    IReadOnlyList<LetSyntax> Lets,
    ForeignNames Foreign);
