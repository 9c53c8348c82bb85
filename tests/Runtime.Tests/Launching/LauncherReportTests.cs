using ParDsl.Runtime.Launching;
using Xunit;

namespace ParDsl.Runtime.Tests.Launching;

/// <summary>What launchers say, as they were heard to say it, and what is made of it.</summary>
public sealed class LauncherReportTests
{
    private const string Dashes = "--------------------------------------------------------------------------";
    private const string Equal = "===================================================================================";

    [Fact]
    public void A_rank_that_failed_has_told_of_it() => Expect(
        LauncherKind.OpenMpi,
        3,
        ["error PD5101: rank 0 failed", "", "help: x"],
        LaunchEnd.Ended,
        3,
        "",
        "error PD5101: rank 0 failed",
        Dashes,
        "Primary job  terminated normally, but 1 process returned",
        "a non-zero exit code. Per user-direction, the job has been aborted.",
        Dashes,
        "",
        "help: x");

    [Fact]
    public void A_rank_that_was_killed_is_named() => Expect(
        LauncherKind.OpenMpi,
        137,
        ["epoch 1/2: loss 0.5"],
        LaunchEnd.ProcessLost,
        3,
        "process rank 1 with PID 0 on node vm exited on signal 9 (Killed)",
        "epoch 1/2: loss 0.5",
        Dashes,
        "mpirun.openmpi noticed that process rank 1 with PID 0 on node vm exited on signal 9 (Killed).",
        Dashes);

    /// <summary>One in ten killed processes on a machine that has more to do than cores.</summary>
    [Fact]
    public void A_killed_rank_that_Open_MPI_takes_for_one_that_failed_is_known_by_its_exit_code() => Expect(
        LauncherKind.OpenMpi,
        137,
        [],
        LaunchEnd.ProcessLost,
        3,
        "exit code 137, which is signal 9's",
        Dashes,
        "Primary job  terminated normally, but 1 process returned",
        "a non-zero exit code. Per user-direction, the job has been aborted.",
        Dashes);

    [Fact]
    public void A_launcher_that_is_killed_itself_is_told_of() => Expect(
        LauncherKind.Hydra, 137, [], LaunchEnd.ProcessLost, 3, "exit code 137, which is signal 9's");

    [Fact]
    public void Too_few_slots() => Expect(
        LauncherKind.OpenMpi,
        1,
        [],
        LaunchEnd.NotStarted,
        3,
        "There are not enough slots available in the system to satisfy the 4",
        Dashes,
        "There are not enough slots available in the system to satisfy the 4",
        "slots that were requested by the application:",
        Dashes);

    [Fact]
    public void A_machine_that_refuses_is_told_of_in_the_words_of_ssh() => Expect(
        LauncherKind.OpenMpi,
        255,
        [],
        LaunchEnd.NotStarted,
        3,
        "ssh: connect to host b port 22: Connection refused",
        "ssh: connect to host b port 22: Connection refused",
        Dashes,
        "ORTE was unable to reliably start one or more daemons.",
        "This usually is caused by:",
        Dashes);

    [Fact]
    public void A_signal_that_is_handed_on_is_not_told_of() => Expect(
        LauncherKind.OpenMpi, 130, ["interrupted"], LaunchEnd.Ended, 130, "", "mpirun.openmpi: Forwarding signal 10 to job", "interrupted");

    [Fact]
    public void A_lost_process_that_a_rank_told_of_can_be_mended()
    {
        var report = new LauncherReport(LauncherKind.OpenMpi);
        Assert.True(report.IsFromRank("error PD5381: rank 2 on host b (process 7) died in step 3; the job has ended on all ranks"));
        Assert.True(report.HasLoss);
        Assert.Equal(new LaunchOutcome(LaunchEnd.Ended, 3, ""), report.Outcome(3));
    }

    [Theory]
    [InlineData("PD5381")]
    [InlineData("PD5382")]
    [InlineData("PD5390")]
    public void An_event_on_standard_output_counts_as_told(string code)
    {
        var report = new LauncherReport(LauncherKind.OpenMpi);
        report.Note($"{{\"event\":\"error\",\"code\":\"{code}\",\"message\":\"x\"}}");
        Assert.True(report.HasDiagnostic && report.HasLoss);
    }

    [Fact]
    public void Hydra_tells_of_a_killed_rank_in_a_banner() => Expect(
        LauncherKind.Hydra,
        9,
        [],
        LaunchEnd.ProcessLost,
        3,
        "process 26426 on localhost, Killed (signal 9)",
        "",
        Equal,
        "=   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES",
        "=   PID 26426 RUNNING AT localhost",
        "=   EXIT CODE: 9",
        "=   CLEANING UP REMAINING PROCESSES",
        "=   YOU CAN IGNORE THE BELOW CLEANUP MESSAGES",
        Equal,
        "YOUR APPLICATION TERMINATED WITH THE EXIT STRING: Killed (signal 9)",
        "This typically refers to a problem with your application.",
        "Please see the FAQ page for debugging suggestions");

    [Fact]
    public void Hydra_cannot_find_the_program() => Expect(
        LauncherKind.Hydra,
        255,
        [],
        LaunchEnd.NotStarted,
        3,
        "execvp error on file /nonexistent (No such file or directory)",
        "[proxy:0:0@vm] HYDU_create_process (utils/launch/launch.c:73): execvp error on file /nonexistent (No such file or directory)");

    [Fact]
    public void Hydra_hands_an_interruption_on() => Expect(
        LauncherKind.Hydra,
        130,
        [],
        LaunchEnd.Ended,
        130,
        "",
        "[mpiexec@vm] Sending Ctrl-C to processes as requested",
        "[mpiexec@vm] Press Ctrl-C again to force abort");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(75, 75)]
    [InlineData(130, 130)]
    [InlineData(7, 3)]
    public void An_exit_code_of_the_ranks_is_handed_on(int code, int expected) =>
        Assert.Equal(new LaunchOutcome(LaunchEnd.Ended, expected, ""), new LauncherReport(LauncherKind.Hydra).Outcome(code));

    private static void Expect(
        LauncherKind kind, int code, string[] shown, LaunchEnd end, int exit, string line, params string[] said)
    {
        var report = new LauncherReport(kind);
        Assert.Equal(shown, said.Where(report.IsFromRank).Where(text => text.Length > 0 || shown.Contains("")));
        Assert.Equal(new LaunchOutcome(end, exit, line), report.Outcome(code));
    }
}
