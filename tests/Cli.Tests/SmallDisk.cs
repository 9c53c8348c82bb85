using System.Diagnostics;

namespace ParDsl.Cli.Tests;

/// <summary>A file system in memory of a given size, for tests of full disks; unmounted at its end.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    /// <summary>Null where this process may not mount one.</summary>
    /// <param name="size">As mount has it: 300k.</param>
    public static SmallDisk? TryMount(string folder, string size)
    {
        Directory.CreateDirectory(folder);
        return Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder) ? new SmallDisk(folder) : null;
    }

    public void Dispose() => Run("umount", "--lazy", folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            return process.WaitForExit(TimeSpan.FromSeconds(10)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
