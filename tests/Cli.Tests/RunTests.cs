using System.Text.Json;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>What a run prints, writes and returns, on specs that take a second.</summary>
[Collection(Training.Collection)]
public sealed class RunTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Json_is_one_object_a_line_and_tells_the_whole_run()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 2", parallel: "parallel { data 2 }"));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--json", "--out", "out");
        Assert.Equal(0, result.Exit);

        var events = result.OutputLines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var names = events.Select(line => line.GetProperty("event").GetString()!).ToList();
        Assert.Equal("plan", names[0]);
        Assert.Equal("done", names[^1]);
        Assert.Equal(20, names.Count(name => name == "step"));
        Assert.Equal(2, names.Count(name => name == "epoch"));
        Assert.All(events.Where(line => line.GetProperty("event").GetString() == "step"), line => Assert.True(line.GetProperty("loss").GetDouble() > 0));
        Assert.Equal(20, events[^1].GetProperty("steps").GetInt64());
        Assert.Equal("out", events[^1].GetProperty("directory").GetString());
    }

    [Fact]
    public void A_run_writes_its_plan_its_spec_its_metrics_and_a_checkpoint()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 2"));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd");
        Assert.True(result.Exit == 0, result.ToString());

        var folder = Assert.Single(Directory.GetDirectories(scratch.At("runs/a")));
        Assert.Contains(Path.GetRelativePath(scratch.Folder, folder), result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "plan.txt")));
        Assert.Equal(20, File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Count(line => line.Contains("\"loss\"", StringComparison.Ordinal) && line.Contains("learning_rate", StringComparison.Ordinal)));
        Assert.True(File.Exists(Path.Combine(folder, "checkpoints", "step-20", "model.safetensors")));
    }

    [Fact]
    public void Without_a_terminal_progress_is_plain_lines_on_standard_error()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 2"));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--gpus", "2");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("2 virtual CPU devices", result.Error, StringComparison.Ordinal);
        Assert.Contains("epoch 2/2: loss ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
        Assert.Contains("train loss", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_prints_only_the_result()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 1"));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--quiet");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal("", result.Error);
        Assert.Equal(2, result.OutputLines.Length);
    }

    [Fact]
    public void One_seed_gives_the_same_bits_twice_and_another_seed_others()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 1", parallel: "parallel { data 2 }"));
        var weights = new[] { "7", "7", "8" }.Select((seed, run) => Weights($"out{run}", "--seed", seed)).ToList();
        Assert.Equal(weights[0], weights[1]);
        Assert.NotEqual(weights[0], weights[2]);
    }

    [Fact]
    public void Steps_stop_the_run_early()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 5"));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--steps", "3", "--out", "out");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.True(Directory.Exists(scratch.At("out/checkpoints/step-3")));
    }

    [Fact]
    public void Set_changes_the_spec_and_is_checked_like_it()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 1"));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--set", "train.batch=64", "--out", "out");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.True(Directory.Exists(scratch.At("out/checkpoints/step-5")));

        var wrong = Pardsl.Run(scratch.Folder, "run", "a.pd", "--set", "train.batsch=64");
        Assert.Equal(1, wrong.Exit);
        Assert.Contains("--set:1:", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_spec_in_a_runs_folder_is_the_same_run_from_anywhere()
    {
        Directory.CreateDirectory(scratch.At("specs"));
        scratch.Write("specs/data.csv", Specs.CsvRows(48));
        scratch.Write("specs/a.pd", Specs.Csv());
        string[] changed = ["--set", "train.optimizer.lr=0.02", "--seed", "7"];
        string[] first = ["run", "specs/a.pd", "--steps", "3", "--out", "first"];
        var written = Pardsl.Run(scratch.Folder, [.. first, .. changed]);
        Assert.True(written.Exit == 0, written.ToString());

        Directory.CreateDirectory(scratch.At("elsewhere"));
        var again = Pardsl.Run(scratch.At("elsewhere"), "run", "../first/a.pd", "--steps", "3", "--out", "second");
        Assert.True(again.Exit == 0, again.ToString());
        var unchanged = Pardsl.Run(scratch.Folder, "run", "specs/a.pd", "--steps", "3", "--out", "third");
        Assert.True(unchanged.Exit == 0, unchanged.ToString());

        var losses = Losses(scratch.At("first"));
        Assert.Equal(3, losses.Count);
        Assert.Equal(losses, Losses(scratch.At("elsewhere/second")));
        Assert.NotEqual(losses, Losses(scratch.At("third")));
        Assert.Equal(File.ReadAllText(scratch.At("first/a.pd")), File.ReadAllText(scratch.At("elsewhere/second/a.pd")));
    }

    [Fact]
    public void Init_starts_from_the_weights_of_another_run()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 4"));
        Assert.Equal(0, Pardsl.Run(scratch.Folder, "run", "a.pd", "--out", "first").Exit);
        var last = Losses(scratch.At("first"))[^1];

        var weights = "first/checkpoints/step-40/model.safetensors";
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--out", "second", "--init", weights);
        Assert.True(result.Exit == 0, result.ToString());
        var (cold, warm) = (Losses(scratch.At("first"))[0], Losses(scratch.At("second"))[0]);
        Assert.True(warm < (cold + last) / 2, $"a cold start has loss {cold}, it ended at {last}, and the warm start has {warm}");
    }

    [Fact]
    public void Init_from_a_file_that_is_not_there_fails_and_leaves_no_folder()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 1"));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--init", "nowhere.safetensors");
        Assert.Equal(3, result.Exit);
        Assert.Contains("error PD52", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("runs")));
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_run_and_keeps_what_was_good()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 50").Replace("adamw lr=0.01", "sgd lr=1e30", StringComparison.Ordinal));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--out", "out");
        Assert.Equal(3, result.Exit);
        Assert.Contains("error PD5102", result.Error, StringComparison.Ordinal);
        Assert.Contains("step", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private byte[] Weights(string folder, params string[] options)
    {
        var result = Pardsl.Run(scratch.Folder, ["run", "a.pd", "--out", folder, .. options]);
        Assert.True(result.Exit == 0, result.ToString());
        return File.ReadAllBytes(scratch.At($"{folder}/checkpoints/step-10/model.safetensors"));
    }

    private static List<double> Losses(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "metrics.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty("learning_rate", out _))
            .Select(line => line.GetProperty("loss").GetDouble())];
}
