using ParDsl.Goldens;

namespace ParDsl.Cli.Tests.Scripts;

/// <summary>An example's folder, copied to where a test may change its script and leave files.</summary>
public sealed class ExampleCopy : IDisposable
{
    private readonly Scratch scratch = new();

    public ExampleCopy(string example)
    {
        var folder = Path.Combine(Golden.Root, "examples", example);
        foreach (var file in Directory.GetFiles(folder))
            File.Copy(file, scratch.At(Path.GetFileName(file)));
    }

    public string Folder => scratch.Folder;

    /// <summary>Runs a script of the folder as it is.</summary>
    public ProgramResult Run(string script) => Run(script, text => text);

    /// <summary>Runs a script of the folder, changed.</summary>
    public ProgramResult Run(string script, Func<string, string> change)
    {
        var text = File.ReadAllText(scratch.At(script));
        var loaded = text.Replace("#load \"../../pardsl.fsx\"", FSharpInteractive.Load, StringComparison.Ordinal);
        scratch.Write(script, change(loaded));
        return FSharpInteractive.Run(Folder, script);
    }

    /// <summary>Runs a script of the folder up to its training, and prints a value in its place.</summary>
    public string PrintInsteadOfTraining(string script, string value)
    {
        var result = Run(script, text => text[..text.IndexOf("let report", StringComparison.Ordinal)] + $"printf \"%s\" ({value})\n");
        return result.Exit == 0 ? result.Output : result.ToString();
    }

    public void Dispose() => scratch.Dispose();
}
