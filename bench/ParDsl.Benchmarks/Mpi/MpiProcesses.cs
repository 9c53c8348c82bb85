using System.Diagnostics;
using System.Globalization;
using ParDsl.Benchmarks.Rates;

namespace ParDsl.Benchmarks.Mpi;

/// <summary>
/// Two processes that a launcher of MPI started. The first one answers a number of steps with the seconds that they took, as
/// PyTorch's side does; they end with its input, and are killed where they do not.
/// </summary>
internal sealed class MpiProcesses : ITimedLoop
{
    public const int RankCount = 2;

    /// <summary>Longer than any round, shorter than anyone would wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);

    private readonly Process launcher;

    /// <param name="command">The program of each rank, and its arguments.</param>
    public MpiProcesses(MpiProduct product, int stepSize, params ReadOnlySpan<string> command)
    {
        StepSize = stepSize;
        var start = new ProcessStartInfo(product.Launcher)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // Each rank may use both cores: which one, the system knows best.
        string[] sharing = product == MpiProduct.OpenMpi ? ["--bind-to", "none"] : [];
        foreach (var word in (string[])[.. sharing, "-n", Words(RankCount), .. command])
            start.ArgumentList.Add(word);
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        // Open MPI gives ranks a terminal of their own, to which .NET would write escape sequences.
        start.Environment["TERM"] = "dumb";
        launcher = Process.Start(start)!;
        if (ReadLine() is var line && line != "ready")
            throw new InvalidOperationException($"a process said `{line}` instead of being ready");
    }

    /// <summary>Processes of this program itself, with an argument that says what they are.</summary>
    public static MpiProcesses OfBenchmark(MpiProduct product, int stepSize, params ReadOnlySpan<string> arguments) =>
        new(product, stepSize, ["dotnet", Environment.GetCommandLineArgs()[0], .. arguments]);

    public int StepSize { get; }

    public double Step(int count)
    {
        launcher.StandardInput.WriteLine(Words(count));
        return double.Parse(ReadLine(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        using (launcher)
        {
            try
            {
                launcher.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended before.
            }

            if (!launcher.WaitForExit(EndPatience))
                launcher.Kill(entireProcessTree: true);
        }
    }

    private string ReadLine()
    {
        using var end = new CancellationTokenSource(Patience);
        var line = launcher.StandardOutput.ReadLineAsync(end.Token).AsTask().GetAwaiter().GetResult();
        return line ?? throw new InvalidOperationException("the processes ended before they answered");
    }

    private static string Words(int number) => number.ToString(CultureInfo.InvariantCulture);
}
