using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>What a rank keeps of each bucket: the part of this index out of so many equal ones.</summary>
internal sealed record ShardPlace(ShardLevel Level, int Index, int Count)
{
    public bool KeepsWholeGradients => Level < ShardLevel.Gradients;

    public bool KeepsWholeParameters => Level < ShardLevel.Parameters;
}
