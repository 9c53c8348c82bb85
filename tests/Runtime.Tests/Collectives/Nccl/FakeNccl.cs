using System.Diagnostics;
using System.Security.Cryptography;
using ParDsl.Goldens;
using ParDsl.Runtime.Collectives.Nccl;
using ParDsl.Runtime.Native;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Nccl;

/// <summary>
/// The library of <c>tests/FakeNccl</c>, with NCCL's interface over shared memory, built by the C compiler of this machine.
/// Where there is none, the tests that need it are skipped.
/// </summary>
internal static class FakeNccl
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Lazy<string?> Whole = new(() => Build());
    private static readonly Lazy<string?> Mute = new(() => Build("-DWITHOUT_MESSAGES"));

    private static readonly Lazy<string?> Older = new(() => Build("-DVERSION=22105"));

    /// <summary>Its path.</summary>
    public static string File => Whole.Value ?? Skip();

    /// <summary>The path of one without ncclSend and ncclRecv.</summary>
    public static string WithoutMessages => Mute.Value ?? Skip();

    /// <summary>The path of one that calls itself 2.21.5.</summary>
    public static string OtherVersion => Older.Value ?? Skip();

    public static NcclLibrary Load() => Load(File);

    public static NcclLibrary Load(string file)
    {
        NativeLibraries.Load();
        return NcclLibrary.Load(file);
    }

    /// <summary>Built once for each state of its sources.</summary>
    private static string? Build(params string[] options)
    {
        var folder = Path.Combine(Golden.Root, "tests", "FakeNccl");
        var sources = Directory.GetFiles(folder, "*.c").Order(StringComparer.Ordinal).ToArray();
        var state = string.Concat([.. sources, Path.Combine(folder, "fake.h")]) + string.Concat(options)
            + string.Concat(Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(System.IO.File.ReadAllText));
        var hash = Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(state)))[..12];
        var library = Path.Combine(AppContext.BaseDirectory, $"libfake_nccl-{hash}.so");
        if (System.IO.File.Exists(library))
            return library;
        var made = $"{library}.{Environment.ProcessId}";
        string[] arguments =
            ["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-fno-strict-aliasing", "-pthread", .. options, .. sources, "-o", made];
        if (!TryCompile(arguments))
            return null;
        System.IO.File.Move(made, library, overwrite: true);
        return library;
    }

    private static bool TryCompile(string[] arguments)
    {
        var start = new ProcessStartInfo("cc", arguments) { RedirectStandardError = true };
        try
        {
            using var compiler = Process.Start(start)!;
            var words = compiler.StandardError.ReadToEndAsync();
            if (!compiler.WaitForExit(Limit))
                compiler.Kill();
            compiler.WaitForExit();
            Assert.True(compiler.ExitCode == 0, words.Result);
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Skip()
    {
        Assert.Skip("there is no C compiler here (`cc`)");
        return "";
    }
}
