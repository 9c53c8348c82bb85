using System.Text.Json;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Tests.Checkpoints;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Training;
using ParDsl.Runtime.Training.Saving;
using Xunit;

namespace ParDsl.Runtime.Tests.Resuming;

/// <summary>
/// A job's checkpoint, of which each process has written its own part, holds the bits of one that is written whole, and any
/// layout goes on from it, in one process and in several.
/// </summary>
public sealed class PartCheckpointTests : IDisposable
{
    private const long Last = 6;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string, int> Layouts => new()
    {
        { "data 2", "float32", 1 },
        { "data 2", "bfloat16", 1 },
        { "data 2; shard optimizer", "float32", 2 },
        { "data 2; shard gradients", "bfloat16", 2 },
        { "data 2; shard parameters", "float16", 2 },
        { "data 3; shard parameters", "float32", 3 },
        { "pipeline 2", "float32", 2 },
        { "pipeline 2 schedule=zero_bubble", "float16", 2 },
        { "tensor 2", "float32", 2 },
        { "data 2; tensor 2; shard gradients", "bfloat16", 4 },
        { "data 2; pipeline 2", "float32", 2 },
        { "data 2; pipeline 2; tensor 2", "float64", 4 },
    };

    public static TheoryData<string, string> Pairs => new()
    {
        { "data 2; shard parameters", "data 1" },
        { "data 3; shard optimizer", "data 2; shard parameters" },
        { "data 2; shard gradients; tensor 2", "pipeline 2" },
        { "tensor 2", "data 2; shard parameters" },
        { "pipeline 2", "tensor 2" },
        { "data 2; pipeline 2; tensor 2", "data 3; shard gradients" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public void The_parts_hold_the_bits_of_the_whole(string layout, string precision, int parts)
    {
        var plan = PlanFor(layout, precision);
        SavedRun.Run(plan, folder["whole"]);
        SavedJob.Run(plan, folder["parts"]);
        foreach (var step in (long[])[3, Last])
        {
            Assert.Equal(Names(parts), Files("parts", step));
            Assert.Equal(SavedJob.Tensors(folder["whole"], step, plan), SavedJob.Tensors(folder["parts"], step, plan));
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_job_goes_on_from_its_parts_with_the_same_bits(string layout, string precision, int parts)
    {
        var plan = PlanFor(layout, precision);
        SavedJob.Run(plan, folder["undisturbed"]);
        SavedJob.Run(plan, folder["resumed"], CheckpointFolder.Of(folder["undisturbed"], 3));
        Assert.Equal(Names(parts), Files("resumed", Last));
        Assert.Equal(SavedRun.Bytes(folder["undisturbed"], Last), SavedRun.Bytes(folder["resumed"], Last));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Another_layout_goes_on_from_the_parts_as_from_the_whole(string before, string after)
    {
        var (first, second) = (PlanFor(before, "float32"), PlanFor(after, "float32"));
        SavedRun.Run(first, folder["whole"]);
        SavedJob.Run(first, folder["parts"]);
        SavedRun.Run(second, folder["from-whole"], SavedRun.At(folder["whole"], 3));
        SavedRun.Run(second, folder["from-parts"], SavedRun.At(folder["parts"], 3));
        Assert.Equal(SavedRun.Bytes(folder["from-whole"], Last), SavedRun.Bytes(folder["from-parts"], Last));
        if (second.Ranks.Length == 1)
            return;
        SavedJob.Run(second, folder["job"], CheckpointFolder.Of(folder["parts"], 3));
        Assert.Equal(SavedJob.Tensors(folder["from-whole"], Last, second), SavedJob.Tensors(folder["job"], Last, second));
    }

    [Theory]
    [InlineData("pipeline 2 microbatches=2")]
    [InlineData("data 2; tensor 2; shard optimizer")]
    public void A_weight_that_two_stages_share_is_written_once(string layout)
    {
        var plan = Specs.Plan(
            "source text \"run.txt\" length=8",
            "tokens: embedding 8; positions learned; residual { layer_norm; attention heads=2 causal=true }; layer_norm; linear vocabulary tied=tokens",
            "loss cross_entropy; optimizer adamw lr=1e-2; batch 16; steps 6; seed 3; checkpoint every=3 steps keep=9",
            layout,
            SavedRun.SampleCount);
        SavedRun.Run(plan, folder["whole"]);
        SavedJob.Run(plan, folder["parts"]);
        Assert.Equal(SavedJob.Tensors(folder["whole"], Last, plan), SavedJob.Tensors(folder["parts"], Last, plan));
    }

    [Fact]
    public void A_part_that_is_torn_missing_or_changed_is_found_and_the_one_before_taken()
    {
        SavedJob.Run(PlanFor("pipeline 2", "float32"), folder.Path);
        foreach (var name in Names(2).Where(name => name.EndsWith(".safetensors", StringComparison.Ordinal)))
        {
            var path = Path.Combine(CheckpointFolder.Of(folder.Path, Last), name);
            var bytes = File.ReadAllBytes(path);
            byte[]?[] damages = [null, bytes[..^1], [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]];
            foreach (var damage in damages)
            {
                File.Delete(path);
                if (damage is not null)
                    File.WriteAllBytes(path, damage);
                var point = ResumeSearch.At(folder.Path, isNewFolder: false);
                Assert.Equal(3, point.Checkpoint.State.Step);
                Assert.Contains(name, Assert.Single(point.Warnings).Message, StringComparison.Ordinal);
            }

            File.WriteAllBytes(path, bytes);
        }

        Assert.Equal(Last, ResumeSearch.At(folder.Path, isNewFolder: false).Checkpoint.State.Step);
    }

    [Fact]
    public void A_process_that_was_told_of_a_checkpoint_proves_the_files_that_it_reads()
    {
        var plan = PlanFor("pipeline 2", "float32");
        SavedJob.Run(plan, folder.Path);
        var path = CheckpointFolder.Of(folder.Path, Last);
        var model = Path.Combine(path, "model-00002-of-00002.safetensors");
        var bytes = File.ReadAllBytes(model);
        bytes[^1] ^= 1;
        File.WriteAllBytes(model, bytes);
        using var state = ResumeSearch.Told(path).Checkpoint.Open(plan.Program.Model);
        var failures = state.Model.ByName.Values.Select(tensor => Record.Exception(() => tensor.Read(null, 0, 1).Dispose())).ToArray();
        Assert.Contains(failures, failure => failure is null);
        Assert.All(failures.Where(failure => failure is not null), failure =>
            Assert.Equal("PD5233", Assert.IsType<RunFailedException>(failure).Diagnostic.Code));
        Assert.Contains(failures, failure => failure is not null);
    }

    [Fact]
    public void Weights_start_a_run_from_parts_too()
    {
        var plan = PlanFor("tensor 2", "float32");
        SavedRun.Run(plan, folder["whole"]);
        SavedJob.Run(plan, folder["parts"]);
        using var fromWhole = WeightsLoader.Open(Path.Combine(CheckpointFolder.Of(folder["whole"], Last), "model.safetensors"), plan.Program.Model);
        using var fromParts = WeightsLoader.Open(CheckpointFolder.Of(folder["parts"], Last), plan.Program.Model);
        foreach (var (name, stored) in fromWhole.ByName)
        {
            using var expected = stored.Read(null, 0, stored.Shape.ElementCount);
            using var found = fromParts.Read(name, null, 0, stored.Shape.ElementCount)!;
            Assert.Equal(Convert.ToHexString(expected.bytes), Convert.ToHexString(found.bytes));
        }

        var one = Path.Combine(CheckpointFolder.Of(folder["parts"], Last), "model-00001-of-00002.safetensors");
        Assert.Equal("PD5210", Assert.Throws<RunFailedException>(() => WeightsLoader.Open(one, plan.Program.Model)).Diagnostic.Code);
        var none = Path.Combine(CheckpointFolder.Of(folder["parts"], Last), "model.safetensors");
        var missing = Assert.Throws<RunFailedException>(() => WeightsLoader.Open(none, plan.Program.Model)).Diagnostic;
        Assert.Equal("PD5201", missing.Code);
        Assert.Contains($"--init {Path.GetDirectoryName(none)}`", missing.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_process_could_not_write_is_told_with_its_rank_and_nothing_is_left()
    {
        var failure = WriteWith(new PartMessage(1, NoSums, "the disk is full"));
        Assert.Contains("rank 1 on host h1 says of its part: the disk is full", FileTrouble.Words(failure.InnerException!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_the_first_process_does_not_see_makes_no_checkpoint()
    {
        var failure = WriteWith(new PartMessage(1, NoSums.Add("model-00002-of-00002.safetensors", new string('0', 64)), null));
        Assert.Contains("`model-00002-of-00002.safetensors`, which rank 1 on host h1 has written", FileTrouble.Words(failure.InnerException!), StringComparison.Ordinal);
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> NoSums =>
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The first of two processes writes its part, and hears this of the other.</summary>
    private RunFailedException WriteWith(PartMessage told)
    {
        var mails = ThreadMail.Create(2);
        mails[1].Tell(JsonSerializer.Serialize(told));
        var saver = new FirstPartSaver(new PartFolder(folder.Path, "secret"), folder.Path, [0, 1], mails[0]);
        var failure = Assert.Throws<RunFailedException>(() => saver.Write(TrainingState.Nothing with { Step = 4 }));
        Assert.Equal("PD5220", failure.Diagnostic.Code);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(folder.Path, CheckpointFolder.Name)));
        return failure;
    }

    private IEnumerable<string> Files(string run, long step) =>
        Directory.GetFiles(CheckpointFolder.Of(folder[run], step)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(int parts) => CheckpointPart.All(parts)
        .SelectMany(part => (string[])[part.ModelName, part.OptimizerName])
        .Concat(["SHA256SUMS", "spec.pd", "state.json"])
        .Order(StringComparer.Ordinal);

    // A divided batch norm would need the same parts of a batch in all layouts; see OtherLayoutTests.
    private static ExecutionPlan PlanFor(string layout, string precision) => Specs.Plan(
        "input [6]; target class 4; validation 10%",
        "linear 12; batch_norm; relu; dropout 0.25; linear 12; layer_norm; gelu; linear 4",
        $"loss cross_entropy; optimizer adamw lr=1e-2; clip 0.5; batch 12; steps 6; seed 5; precision {precision}; metric accuracy; checkpoint every=3 steps keep=9",
        layout,
        SavedRun.SampleCount);
}
