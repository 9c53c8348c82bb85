using System.Collections.Immutable;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Launching;

/// <summary>What can go wrong before and while a job is started: PD5361 to PD5379, one function per mistake.</summary>
internal static class LaunchErrors
{
    public static Diagnostic HostFileNotReadable(string path, Exception trouble) => Error(
        "PD5361",
        $"`{path}` cannot be read: {(trouble is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "it is no file that may be read")}",
        "name a file with one machine a line: `node-1 slots=4`");

    public static Diagnostic NoHostInFile(SourceFile file) => Error(
        "PD5361", $"`{file.Path}` names no machine", "write one machine a line: `node-1 slots=4`");

    public static Diagnostic WrongHostLine(SourceSpan place, string what) => Placed(
        "PD5362", place, $"this line names no machine that can be used: {what}", "write `node-1 slots=4` or `node-1:4`");

    public static Diagnostic HostTwiceInFile(SourceSpan place, string name) => Placed(
        "PD5362", place, $"`{name}` stands in the file twice, with a count of its own", "say it once, with the sum of both");

    public static Diagnostic HostsUnknown(ImmutableArray<string> names) => Error(
        "PD5363",
        names.Length == 1
            ? $"the machine `{names[0]}` has no address: the name does not resolve"
            : $"{string.Join(", ", names.Select(name => $"`{name}`"))} have no address: these names do not resolve",
        $"correct the name, or add it to /etc/hosts or the name server: `getent hosts {names[0]}` shows what is known");

    public static Diagnostic NoLauncher() => Error(
        "PD5364",
        "several processes are started by mpirun, and there is no mpirun or mpiexec on PATH",
        "install an MPI: `apt-get install openmpi-bin` or `dnf install openmpi`, there `module load mpi` too; or name its "
            + "launcher: `--launcher /opt/openmpi/bin/mpirun`");

    public static Diagnostic NoSuchLauncher(string named) => Error(
        "PD5364", $"`--launcher {named}` names no program", "name mpirun's file, or leave it out: PATH is searched then");

    public static Diagnostic LauncherDoesNotAnswer(string path) => Error(
        "PD5365", $"`{Path.GetFileName(path)} --version` fails or does not answer", "run it by hand to see why");

    public static Diagnostic UnknownLauncher(string path, string answer) => Error(
        "PD5365",
        answer.Length == 0
            ? $"`{Path.GetFileName(path)}` is no launcher of Open MPI or MPICH: it does not say what it is"
            : $"`{Path.GetFileName(path)}` is no launcher of Open MPI or MPICH: it calls itself `{answer}`",
        "name an mpirun or mpiexec: `--launcher mpirun`; with another one, start ParDsl yourself: `srun pardsl run FILE`");

    public static Diagnostic MachinesNotNamed(int count) => Error(
        "PD5366",
        $"{count} machines are asked for, and nothing says which: there is no scheduler's allocation here",
        "name them, `--hosts a,b` or `--hostfile FILE`; within a Slurm or PBS job they are known");

    /// <param name="line">What the launcher says first.</param>
    public static Diagnostic LauncherFailed(Launcher launcher, string line) => Error(
        "PD5367",
        $"{launcher.Words} could not start the job: {line}",
        $"`{Path.GetFileName(launcher.Path)} -n 2 hostname`, with `--host` as above, shows whether it can start anything; "
            + "machines must be reached without a password");

    /// <param name="line">The launcher's words for it.</param>
    public static Diagnostic ProcessEnded(string line) => Error(
        "PD5368",
        $"a process of the job was ended from outside: {line}",
        "see the end of that machine's kernel log (`journalctl -k`): where memory ran out, the kernel ends the largest process");

    public static Diagnostic StartedWithoutRank() => Error(
        "PD5369",
        $"this process was started as one of a job ({JobLaunch.Mark} is set), and its launcher gave it no rank",
        $"name another launcher, `--launcher mpirun`; where the variable was set by hand, `unset {JobLaunch.Mark}`");

    public static Diagnostic ScriptOnMachines(int count) => Error(
        "PD5370",
        $"the program asks for {count} machines, and a script runs in one process",
        "leave out `nodes` in the script; or start it by `pardsl run model.fsx`");

    private static Diagnostic Error(string code, string message, string help) =>
        Placed(code, SourceSpan.Nowhere, message, help);

    private static Diagnostic Placed(string code, SourceSpan place, string message, string help) =>
        new(code, Severity.Error, place, "", message, help, []);
}
