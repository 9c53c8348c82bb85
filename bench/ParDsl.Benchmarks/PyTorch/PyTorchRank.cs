using System.Diagnostics;
using System.Globalization;

namespace ParDsl.Benchmarks.PyTorch;

/// <summary>One process of bench/pytorch/train.py. It ends with its input, and is killed where it does not.</summary>
internal sealed class PyTorchRank : IDisposable
{
    /// <summary>Longer than any round, shorter than anyone would wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly Process process;

    public PyTorchRank(ProcessStartInfo start) => process = Process.Start(start)!;

    public void AwaitReady()
    {
        if (ReadLine() is var line && line != "ready")
            throw new InvalidOperationException($"a PyTorch process said `{line}` instead of being ready");
    }

    /// <summary>Has it train so many updates; <see cref="Seconds"/> must follow.</summary>
    public void Ask(int steps) => process.StandardInput.WriteLine(steps.ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits until it has trained.</summary>
    /// <returns>The seconds that its updates took.</returns>
    public double Seconds()
    {
        var numbers = ReadLine().Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return numbers is [var seconds, var loss] && double.IsFinite(loss)
            ? seconds
            : throw new InvalidOperationException("a PyTorch process did not train: its loss is no number");
    }

    public void Dispose()
    {
        using (process)
        {
            try
            {
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended before.
            }

            if (!process.WaitForExit(EndPatience))
                process.Kill(entireProcessTree: true);
        }
    }

    private string ReadLine()
    {
        using var end = new CancellationTokenSource(Patience);
        var line = process.StandardOutput.ReadLineAsync(end.Token).AsTask().GetAwaiter().GetResult();
        return line ?? throw new InvalidOperationException("a PyTorch process ended before it answered");
    }
}
