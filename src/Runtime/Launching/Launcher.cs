namespace ParDsl.Runtime.Launching;

/// <summary>The program that starts processes on machines and wires them: mpirun or mpiexec.</summary>
/// <param name="Path">The program's file.</param>
/// <param name="Version">What it says of itself: <c>4.1.4</c>.</param>
public sealed record Launcher(string Path, LauncherKind Kind, string Version)
{
    /// <summary>"Open MPI 4.1.4".</summary>
    public string Words => $"{(Kind == LauncherKind.OpenMpi ? "Open MPI" : "MPICH")} {Version}".TrimEnd();
}
