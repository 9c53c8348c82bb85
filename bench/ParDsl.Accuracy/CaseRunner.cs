using System.Diagnostics;
using System.Globalization;

namespace ParDsl.Accuracy;

/// <summary>Starts the process that measures a case, and reads what it found; one that fails or hangs is told and left out.</summary>
/// <param name="warming">The spec that warms the process up.</param>
internal sealed class CaseRunner(string warming)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// .NET lets its young objects grow to the size of the last cache before it looks at them, 32 MiB here: more than small
    /// examples have. With 4 MiB, in hexadecimal, what is measured is what the training takes.
    /// </summary>
    private const string YoungHeap = "0x400000";

    public Measurement? Measure(Example example, string layout, string strategy)
    {
        string[] arguments = [typeof(CaseRunner).Assembly.Location, MeasuringProcess.Argument, warming, example.Path, layout];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCgen0size"] = YoungHeap;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the process did not start");
        var (figures, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Console.Error.WriteLine($"accuracy: {example.Name} {layout} took longer than {Patience}");
            return null;
        }

        if (process.ExitCode == 0 && figures.Result.Split(' ') is [var seconds, var allocated, var resident, var updates])
        {
            return new Measurement(
                example.Name,
                layout,
                strategy,
                double.Parse(seconds, CultureInfo.InvariantCulture),
                long.Parse(allocated, CultureInfo.InvariantCulture),
                long.Parse(resident, CultureInfo.InvariantCulture),
                int.Parse(updates, CultureInfo.InvariantCulture));
        }

        Console.Error.WriteLine($"accuracy: {example.Name} {layout} ended with {process.ExitCode}: {errors.Result.Split('\n')[0]}");
        return null;
    }
}
