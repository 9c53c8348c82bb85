namespace ParDsl.Compiler.Planning;

/// <summary>The layers of one pipeline stage. Stage s is on pipeline rank s modulo the degree.</summary>
internal sealed record StageRange(int Stage, int FirstLayer, int LayerCount)
{
    /// <summary>The index behind its last layer.</summary>
    public int End => FirstLayer + LayerCount;
}
