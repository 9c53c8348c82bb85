using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>
/// Machines made of network namespaces: each has an address of its own on a bridge, a host name, and a working folder at the
/// same path with files of its own. What stands in for ssh enters a machine by its address. Taken away at the end, with every
/// process that is still in them.
/// </summary>
internal sealed class NamespaceHosts : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>An interface's name may have 15 letters, and the kernel takes one away some time after it is told to.</summary>
    private readonly string name = string.Create(CultureInfo.InvariantCulture, $"pd{Random.Shared.Next(10_000, 100_000)}");
    private readonly Scratch scratch;
    private readonly string network;
    private readonly int count;

    public NamespaceHosts(Scratch scratch, int count)
    {
        (this.scratch, this.count) = (scratch, count);
        network = string.Create(CultureInfo.InvariantCulture, $"10.{Random.Shared.Next(100, 250)}.{Random.Shared.Next(250)}");
        if (!OperatingSystem.IsLinux() || System.Environment.UserName != "root" || !File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip"))
            Assert.Skip("network namespaces need root and iproute2");
        if (!File.Exists($"/usr/bin/{Launcher.OpenMpi}"))
            Assert.Skip($"there is no {Launcher.OpenMpi}");
        try
        {
            Make();
        }
        catch (InvalidOperationException refusal)
        {
            Dispose();
            Assert.Skip($"network namespaces cannot be made here: {refusal.Message}");
        }
    }

    /// <summary>The working folder, where each machine sees its own files.</summary>
    public string WorkFolder => scratch.At("work");

    public string Address(int host) => string.Create(CultureInfo.InvariantCulture, $"{network}.{host}");

    /// <summary>All machines, each with so many places, as <c>--hosts</c> takes them.</summary>
    public string List(int slots) => string.Join(',', Enumerable.Range(1, count).Select(host => $"{Address(host)}:{slots}"));

    /// <summary>A file of one machine, seen there in the working folder.</summary>
    public string At(int host, string file) => scratch.At($"hosts/{host}/{file}");

    public void WriteEverywhere(string file, string text)
    {
        foreach (var host in Enumerable.Range(1, count))
            File.WriteAllText(At(host, file), text);
    }

    /// <summary>Starts <c>pardsl</c> on the first machine.</summary>
    public Process Start(params string[] words) => StartProgram(1, [Pardsl.Program, .. words]);

    /// <summary>Starts a program on a machine.</summary>
    public Process StartProgram(int host, params string[] words)
    {
        var start = new ProcessStartInfo(scratch.At("enter"), [Address(host), .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMPI_MCA_plm_rsh_agent"] = scratch.At("enter");
        start.Environment["OMPI_MCA_btl"] = "tcp,self";
        start.Environment["OMPI_MCA_btl_tcp_if_include"] = $"{network}.0/24";
        start.Environment["OMPI_MCA_oob_tcp_if_include"] = $"{network}.0/24";
        start.Environment["HYDRA_LAUNCHER"] = "ssh";
        start.Environment["HYDRA_LAUNCHER_EXEC"] = scratch.At("enter");
        start.Environment["PARDSL_HANG_LIMIT"] = "12";
        var process = Process.Start(start) ?? throw new InvalidOperationException("pardsl did not start");
        process.StandardInput.Close();
        return process;
    }

    public ProgramResult Run(params string[] words)
    {
        using var process = Start(words);
        return Pardsl.Finish(process, Patience);
    }

    /// <summary>A machine sees a build of its own where the program is, which differs in nothing but in being another one.</summary>
    public void Rebuild(int host)
    {
        foreach (var file in Directory.GetFiles(ProgramFolder))
            File.Copy(file, scratch.At($"build-{host}/{Path.GetFileName(file)}"));
        OtherBuild.Make(scratch.At($"build-{host}/ParDsl.Runtime.dll"));
    }

    /// <summary>Takes a machine off the network.</summary>
    public void Cut(int host) => Command("ip", "-n", Space(host), "link", "set", "eth0", "down");

    /// <summary>Lets so many bits a second out of a machine, and keeps a packet waiting at most so long.</summary>
    public void Slow(int host, string rate) => Command(
        "tc", "-n", Space(host), "qdisc", "add", "dev", "eth0", "root", "tbf", "rate", rate, "burst", "32kbit", "latency", "400ms");

    /// <summary>All processes of a machine end at once, as when its power fails.</summary>
    public void Kill(int host)
    {
        foreach (var process in Processes(host))
            Launcher.Signal("KILL", process);
    }

    public IReadOnlyList<int> Processes(int host) =>
        [.. Answer("ip", "netns", "pids", Space(host)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    public void Dispose()
    {
        foreach (var host in Enumerable.Range(1, count))
        {
            if (!File.Exists($"/run/netns/{Space(host)}"))
                continue;
            Kill(host);
            Command("ip", "netns", "delete", Space(host));
        }

        if (Directory.Exists($"/sys/class/net/{name}"))
            Command("ip", "link", "delete", name);
    }

    private static string ProgramFolder => Path.GetDirectoryName(Pardsl.Program)!;

    private string Space(int host) => string.Create(CultureInfo.InvariantCulture, $"{name}-{host}");

    private void Make()
    {
        Directory.CreateDirectory(WorkFolder);
        scratch.Write("enter", Agent());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(scratch.At("enter"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Command("ip", "link", "add", name, "type", "bridge");
        Command("ip", "link", "set", name, "up");
        foreach (var host in Enumerable.Range(1, count))
        {
            Directory.CreateDirectory(At(host, ""));
            Directory.CreateDirectory(scratch.At($"build-{host}"));
            var (space, outside) = (Space(host), $"{name}-{host}");
            Command("ip", "netns", "add", space);
            Command("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", space);
            Command("ip", "link", "set", outside, "master", name, "up");
            Command("ip", "-n", space, "address", "add", $"{Address(host)}/24", "dev", "eth0");
            Command("ip", "-n", space, "link", "set", "eth0", "up");
            Command("ip", "-n", space, "link", "set", "lo", "up");
        }
    }

    /// <summary>What launchers call as <c>ssh [OPTIONS] HOST WORDS...</c>: the words go to a shell, as ssh's do.</summary>
    private string Agent() => $$"""
        #!/bin/sh
        while [ "${1#-}" != "$1" ]; do shift; done
        host=${1##*.}
        shift
        if [ ! -e /run/netns/{{name}}-$host ]; then echo "ssh: connect to host $host port 22: Connection refused" >&2; exit 255; fi
        exec ip netns exec {{name}}-$host unshare --uts --mount sh -c '
            [ ! -e {{scratch.Folder}}/build-$0/pardsl ] || mount --bind {{scratch.Folder}}/build-$0 {{ProgramFolder}}
            hostname host-$0 && mount --bind {{scratch.Folder}}/hosts/$0 {{WorkFolder}} && cd {{WorkFolder}} && exec sh -c "$*"
        ' $host "$@"

        """;

    private static void Command(string program, params string[] words) => Answer(program, words);

    private static string Answer(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException(program);
        var (output, error) = (process.StandardOutput.ReadToEnd(), process.StandardError.ReadToEnd());
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', words)}: {error.Trim()}");
    }
}
