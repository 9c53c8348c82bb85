namespace ParDsl.Compiler.Planning;

/// <summary>The mesh's degrees: how many ranks stand along each axis.</summary>
internal sealed record Degrees(int Data, int Pipeline, int Tensor)
{
    public int WorldSize => checked(Data * Pipeline * Tensor);

    /// <summary>"`data 2` and `pipeline 4`": the axes of more than one rank, or <c>data 1</c>.</summary>
    public string Words => Joined(Named.Select(axis => $"`{axis.Name} {axis.Degree}`"));

    /// <summary>"2 x 4 = 8"; the number alone for one axis.</summary>
    public string Product => Named.Length == 1
        ? $"{Named[0].Degree}"
        : $"{string.Join(" x ", Named.Select(axis => axis.Degree))} = {WorldSize}";

    public (string Name, int Degree)[] Named
    {
        get
        {
            (string Name, int Degree)[] axes = [("data", Data), ("pipeline", Pipeline), ("tensor", Tensor)];
            var named = axes.Where(axis => axis.Degree > 1).ToArray();
            return named.Length == 0 ? [axes[0]] : named;
        }
    }

    private static string Joined(IEnumerable<string> words) => words.ToArray() switch
    {
        [var only] => only,
        [.. var first, var last] => $"{string.Join(", ", first)} and {last}",
        _ => "",
    };
}
