using System.Globalization;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>Why ranks cannot communicate by NCCL: PD5341 to PD5346. One function a mistake.</summary>
internal static class NcclErrors
{
    private const string Install = "install it (`dnf install libnccl` or `apt-get install libnccl2`, from NVIDIA's repository)";

    public static RunFailedException NotFound(string system, string torch, string variable) => Fail(
        "PD5341",
        $"NCCL was not found: the system has no `{system}`, and no `{torch}` with NCCL inside was loaded",
        $"{Install}, or set {variable} to its path");

    public static RunFailedException DoesNotLoad(string path, bool exists, string variable) => Fail(
        "PD5342",
        exists
            ? $"`{path}`, which {variable} names, does not load as a library"
            : $"{variable} names `{path}`, and there is no such file",
        $"set it to NCCL's library: `{variable}=/usr/lib64/libnccl.so.2`, or unset it");

    public static RunFailedException TooOld(string name, Version version) => Fail(
        "PD5343",
        $"`{name}` is NCCL {version}, and 2.10.3 or newer is needed",
        Install);

    public static RunFailedException FunctionsMissing(string name, IReadOnlyList<string> missing) => Fail(
        "PD5344",
        $"`{name}` is no whole NCCL: it has no {string.Join(", ", missing)}",
        Install);

    public static RunFailedException CudaMissing(string name, IReadOnlyList<string> missing) => Fail(
        "PD5344",
        $"CUDA's runtime, `{name}`, was not found, or has no {string.Join(", ", missing)}",
        "install the CUDA build of libtorch, which brings it along, or CUDA's toolkit");

    public static RunFailedException NotStarted(int rank, int size, string words) => Fail(
        "PD5345",
        string.Create(
            CultureInfo.InvariantCulture,
            $"rank {rank} of the {size} that share a NCCL communicator could not join it: {words}"),
        "`NCCL_DEBUG=INFO` makes NCCL say what it does; NCCL_SOCKET_IFNAME names the network that it shall use");

    public static RunFailedException NotAllCame(int rank, int size, TimeSpan limit) => Fail(
        "PD5345",
        string.Create(
            CultureInfo.InvariantCulture,
            $"rank {rank} has waited {limit.TotalSeconds:0.#} s for the {size} that share a NCCL communicator, and not all came"),
        "see that all processes run and reach each other; `NCCL_DEBUG=INFO` makes NCCL say what it does, and NCCL_SOCKET_IFNAME "
            + "names the network that it shall use");

    public static RunFailedException VersionsDiffer(string first, int rank, string other) => Fail(
        "PD5346",
        string.Create(CultureInfo.InvariantCulture, $"NCCL is {first} for rank 0, and {other} for rank {rank}"),
        "install one version of NCCL on all machines");

    private static RunFailedException Fail(string code, string message, string help) =>
        new(new Diagnostic(code, Severity.Error, SourceSpan.Nowhere, "", message, help, []));
}
