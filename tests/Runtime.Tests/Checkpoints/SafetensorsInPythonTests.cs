using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Goldens;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Native;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Checkpoints;

/// <summary>Other programs read what is written here: Python's standard library, and the reference library where it is.</summary>
public sealed class SafetensorsInPythonTests
{
    private const string Expected =
        """
        count I64 [] [7]
        flag BOOL [2] [True, False]
        half F16 [2] [0.5, -2.0]
        small I8 [3] [-1, 0, 1]
        wéight "x" F32 [2, 2] [1.0, 2.0, 3.0, 4.5]

        """;

    [Fact]
    public void Python_reads_the_same_tensors() => Assert.Equal(Expected, Read("read_safetensors.py", needs: "json"));

    [Fact]
    public void PyTorch_reads_the_same_tensors() => Assert.Equal(Expected, Read("load_safetensors.py", needs: "safetensors.torch"));

    private static string Read(string script, string needs)
    {
        if (Python("-c", $"import {needs}").Exit != 0)
            Assert.Skip($"python3 with {needs} is not installed");
        NativeLibraries.Load();
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(folder["t.safetensors"], Tensors(), ImmutableSortedDictionary<string, string>.Empty.Add("format", "pt"));
        return Python(Path.Combine(Golden.Root, "tests/Goldens/pytorch", script), folder["t.safetensors"]).Output;
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Tensors() =>
    [
        new("wéight \"x\"", tensor(new[] { 1.0f, 2.0f, 3.0f, 4.5f }).view(2, 2)),
        new("small", tensor(new sbyte[] { -1, 0, 1 })),
        new("half", tensor(new[] { 0.5f, -2.0f }).to_type(ScalarType.Float16)),
        new("flag", tensor(new[] { true, false })),
        new("count", tensor(7L)),
    ];

    private static (int Exit, string Output) Python(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        try
        {
            using var python = Process.Start(start)!;
            var error = python.StandardError.ReadToEndAsync();
            var output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return (python.ExitCode, output + (python.ExitCode == 0 ? "" : error.Result));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }
}
