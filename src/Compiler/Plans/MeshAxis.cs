namespace ParDsl.Compiler.Plans;

/// <summary>One direction of the mesh: <c>data</c> with the number of replicas.</summary>
public sealed record MeshAxis(string Name, int Degree)
{
    public const string Data = "data";

    public const string Pipeline = "pipeline";

    public const string Tensor = "tensor";
}
