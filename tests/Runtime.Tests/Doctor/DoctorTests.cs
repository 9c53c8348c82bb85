using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Runtime.Doctor;
using ParDsl.Runtime.Hardware;
using ParDsl.Runtime.Native;
using Xunit;

namespace ParDsl.Runtime.Tests.Doctor;

public sealed class DoctorTests
{
    private const string Bridge = "GLIBCXX_3.4.32";

    [Fact]
    public void Everything_is_looked_at_and_whatever_is_wrong_has_a_remedy()
    {
        var findings = Examination.Run();
        Assert.Equal(
            [".NET runtime", ".NET SDK", "TorchSharp", "libtorch", "libstdc++", "native libraries", "GPUs", "MPI", "disk here", "disk of the cache", "memory", "cores"],
            findings.Select(finding => finding.Topic).Where(topic => topic != "NVIDIA driver"));
        Assert.All(findings, finding => Assert.NotEmpty(finding.Value));
        Assert.All(findings, finding => Assert.Equal(finding.Status == DoctorStatus.Ok, finding.Remedy.Length == 0));
        Assert.Equal(DoctorStatus.Ok, findings.Single(finding => finding.Topic == "native libraries").Status);
    }

    [Fact]
    public void The_bridge_needs_what_binutils_would_list()
    {
        var needed = ElfVersions.Read(NativeFolders.Find().Bridge).Needed;
        Assert.Contains(Bridge, needed);
        Assert.Contains("GLIBCXX_3.4.30", needed);
        Assert.Contains("GLIBC_2.34", needed);
    }

    [Fact]
    public void A_c_library_defines_its_versions()
    {
        if (!File.Exists("/lib/x86_64-linux-gnu/libc.so.6"))
            Assert.Skip("libc is elsewhere");
        var defined = ElfVersions.Read("/lib/x86_64-linux-gnu/libc.so.6").Defined;
        Assert.Contains("GLIBC_2.2.5", defined);
        Assert.Contains("GLIBC_2.34", defined);
    }

    [Fact]
    public void A_file_that_is_no_library_is_told_from_one()
    {
        Assert.Throws<InvalidDataException>(() => ElfVersions.Read(typeof(DoctorTests).Assembly.Location));
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, File.ReadAllBytes(NativeFolders.Find().Bridge).AsSpan(0, 4096));
        Assert.Throws<InvalidDataException>(() => ElfVersions.Read(path));
        File.Delete(path);
    }

    [Fact]
    public void An_old_libstdcxx_is_a_problem_only_where_the_copy_does_not_help()
    {
        var newer = StandardLibraryCheck.Compare("lib", ["GLIBCXX_3.4.30", Bridge], ["GLIBCXX_3.4.30", Bridge]);
        var debian = StandardLibraryCheck.Compare("lib", ["GLIBCXX_3.4.9", "GLIBCXX_3.4.30"], ["GLIBCXX_3.4.30", Bridge]);
        var redHat = StandardLibraryCheck.Compare("lib", ["GLIBCXX_3.4.29"], ["GLIBCXX_3.4.30", Bridge]);
        Assert.Equal(DoctorStatus.Ok, newer.Status);
        Assert.Equal(DoctorStatus.Ok, debian.Status);
        Assert.StartsWith("lib: newest GLIBCXX_3.4.30; TorchSharp asks for GLIBCXX_3.4.32", debian.Value, StringComparison.Ordinal);
        Assert.Equal(DoctorStatus.Problem, redHat.Status);
        Assert.EndsWith("missing GLIBCXX_3.4.30", redHat.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Gpus_without_a_libtorch_for_them_are_a_warning()
    {
        var one = new GpuFindings([new DeviceDescription(DeviceKind.Cuda, 0, "NVIDIA A100", 42949672960, 1)], "570.1", "");
        Assert.Equal("0: NVIDIA A100 with 40 GiB", GpuChecks.Run(one, hasCudaBuild: true)[0].Value);
        Assert.Equal(DoctorStatus.Warning, GpuChecks.Run(one, hasCudaBuild: false)[0].Status);
        Assert.Equal(DoctorStatus.Problem, GpuChecks.Run(new GpuFindings([], "", "Driver/library version mismatch"), false)[0].Status);
        Assert.Equal(DoctorStatus.Ok, GpuChecks.Run(GpuFindings.None, false)[0].Status);
    }

    [Fact]
    public void Mpis_are_told_apart()
    {
        Assert.Equal("mpirun (Open MPI) 4.1.4 (/m, /l)", Value("mpirun (Open MPI) 4.1.4\n\nReport bugs to ..."));
        Assert.Equal("MPICH 4.0.2 (/m, /l)", Value("HYDRA build details:\n    Version:                                 4.0.2\n"));
        Assert.Equal(DoctorStatus.Ok, MpiChecks.Judge(null, null, null).Status);
        Assert.Equal(DoctorStatus.Warning, MpiChecks.Judge("/l", null, null).Status);
        Assert.Equal(DoctorStatus.Warning, MpiChecks.Judge("/l", "/m", new ProgramAnswer(null, "")).Status);

        static string Value(string output) => MpiChecks.Judge("/l", "/m", new ProgramAnswer(0, output)).Value;
    }

    [Fact]
    public void A_program_that_hangs_is_stopped()
    {
        var watch = Stopwatch.StartNew();
        Assert.Null(ProgramAnswer.Of(TimeSpan.FromMilliseconds(200), "/bin/sleep", "30").Exit);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
        Assert.Null(ProgramAnswer.Of("/nothing/here").Exit);
        Assert.Equal("out", ProgramAnswer.Of("/bin/sh", "-c", "echo; echo out; echo err >&2").FirstLine);
    }

    [Fact]
    public void A_full_disk_is_a_warning_and_a_folder_to_come_is_asked_above()
    {
        Assert.Equal(DoctorStatus.Warning, RoomChecks.Disk("x", "/", long.MaxValue).Status);
        Assert.Equal(DoctorStatus.Ok, RoomChecks.Disk("x", "/not/there/yet", 0).Status);
    }
}
