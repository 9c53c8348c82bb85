using System.Diagnostics;

namespace ParDsl.Reliability;

/// <summary>
/// One case: an undisturbed run, then runs whose processes are killed at random moments of their lives, from their first
/// millisecond to their last, and started again until they come to an end.
/// </summary>
internal sealed class KillTrial
{
    private const string Whole = "whole";
    private const string Killed = "killed";

    private readonly KillCase subject;
    private readonly string folder;
    private readonly Trainer trainer;
    private readonly Random random;
    private readonly TimeSpan duration;

    /// <param name="folder">An empty one.</param>
    public KillTrial(KillCase subject, string program, string folder, Random random)
    {
        (this.subject, this.folder, this.random) = (subject, folder, random);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "killed.pd"), Path.Combine(folder, "killed.pd"));
        trainer = new Trainer(program, folder);
        var start = Stopwatch.GetTimestamp();
        Require(trainer.Run([.. subject.Words, "--out", Whole]));
        duration = Stopwatch.GetElapsedTime(start);
    }

    public Tally Run(int killCount)
    {
        var tally = new Tally();
        while (tally.Kills < killCount)
        {
            LiveOnce(tally, killCount);
            Compare(tally);
            Directory.Delete(Path.Combine(folder, Killed), recursive: true);
        }

        return tally;
    }

    /// <summary>Up to an end that nobody brought about.</summary>
    private void LiveOnce(Tally tally, int killCount)
    {
        while (true)
        {
            var goesOn = HasCheckpoint();
            if (!goesOn && Directory.Exists(Path.Combine(folder, Killed)))
                Directory.Delete(Path.Combine(folder, Killed), recursive: true);
            TimeSpan? delay = tally.Kills < killCount ? duration * random.NextDouble() : null;
            var (exit, errors) = trainer.Run([.. subject.Words, goesOn ? "--resume" : "--out", Killed], delay, out var wasKilled);
            tally.Resumes += goesOn ? 1 : 0;
            tally.Damaged += errors.Split("warning PD5230").Length - 1;
            if (!wasKilled)
            {
                Require((exit, errors));
                return;
            }

            // It may have ended by itself in the moment between.
            if (exit == 0)
                return;
            tally.Kills++;
            tally.CutWrites += HasHalfCheckpoint() ? 1 : 0;
            tally.BeforeFirst += HasCheckpoint() ? 0 : 1;
        }
    }

    private void Compare(Tally tally)
    {
        tally.Ends++;
        var last = Checkpoints(Whole).MaxBy(StepOf)!;
        var same = HaveSameBits(last, Path.Combine(folder, Killed, "checkpoints", Path.GetFileName(last)));
        tally.SameBits += same ? 1 : 0;
        tally.WholeMetrics += Steps(Whole).SequenceEqual(Steps(Killed)) ? 1 : 0;
    }

    /// <summary>All files: a job whose processes each have a part writes as many of them.</summary>
    private static bool HaveSameBits(string whole, string killed) =>
        Names(whole).SequenceEqual(Names(killed))
        && Names(whole).All(file => File.ReadAllBytes(Path.Combine(whole, file)).AsSpan()
            .SequenceEqual(File.ReadAllBytes(Path.Combine(killed, file))));

    private static IEnumerable<string> Names(string checkpoint) =>
        Directory.EnumerateFiles(checkpoint).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private bool HasCheckpoint() => Checkpoints(Killed).Any();

    private bool HasHalfCheckpoint()
    {
        var path = Path.Combine(folder, Killed, "checkpoints");
        return Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path, ".*.tmp").Any();
    }

    private IEnumerable<string> Checkpoints(string run)
    {
        var path = Path.Combine(folder, run, "checkpoints");
        return Directory.Exists(path) ? Directory.EnumerateDirectories(path, "step-*") : [];
    }

    private static int StepOf(string checkpoint) =>
        int.Parse(Path.GetFileName(checkpoint)["step-".Length..], System.Globalization.CultureInfo.InvariantCulture);

    private string[] Steps(string run) =>
        [.. File.ReadLines(Path.Combine(folder, run, "metrics.jsonl")).Select(line => line.Split(',')[0])];

    private static void Require((int Exit, string Errors) outcome)
    {
        if (outcome.Exit != 0)
            throw new InvalidOperationException($"a run that nobody killed ended with {outcome.Exit}:\n{outcome.Errors}");
    }
}
