using System.ComponentModel;
using System.Diagnostics;
using ParDsl.Benchmarks.Comparisons;

namespace ParDsl.Benchmarks.PyTorch;

/// <summary>The Python that has PyTorch: the path's first, or the system's where the path leads to another.</summary>
internal static class PythonWithTorch
{
    private static readonly string[] Candidates = ["python3", "/usr/bin/python3"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Lazy<string> Found = new(() => Candidates.FirstOrDefault(HasTorch) ?? throw new UnavailableException(
        "no python3 here has PyTorch with gloo; get it with: apt-get install python3-torch libopenblas0-pthread"));

    /// <exception cref="UnavailableException">There is none.</exception>
    public static void Require() => _ = Found.Value;

    /// <summary>A process of its own, with this file of bench/pytorch and one thread.</summary>
    public static ProcessStartInfo Start(string script, params ReadOnlySpan<string> arguments)
    {
        var start = Quiet(Found.Value, [Path.Combine(AppContext.BaseDirectory, "pytorch", script), .. arguments]);
        // What PyTorch says of a failure is shown as it is.
        start.RedirectStandardError = false;
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return start;
    }

    private static bool HasTorch(string python)
    {
        try
        {
            using var process = Process.Start(Quiet(python, ["-c", "import torch.distributed as d; assert d.is_available()"]))!;
            process.StandardInput.Close();
            if (process.WaitForExit(Patience))
                return process.ExitCode == 0;
            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static ProcessStartInfo Quiet(string program, ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
