namespace ParDsl.Compiler.Planning;

/// <summary>The mesh's degrees: how many ranks stand along each axis.</summary>
internal sealed record Degrees(int Data, int Pipeline)
{
    public int WorldSize => checked(Data * Pipeline);
}
