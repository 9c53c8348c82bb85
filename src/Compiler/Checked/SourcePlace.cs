namespace ParDsl.Compiler.Checked;

/// <summary>
/// Where in the source something stands, copied so that later stages need no syntax. Lines and columns start at 1.
/// </summary>
public sealed record SourcePlace(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
