using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Native;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Checkpoints;

public sealed class CheckpointWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public CheckpointWriterTests() => NativeLibraries.Load();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_checkpoint_is_five_files_and_one_holds_the_others_checksums()
    {
        using var state = new SmallState();
        var written = CheckpointWriter.Write(folder.Path, state.State);
        Assert.Equal(folder["checkpoints/step-30"], written);
        string[] files = ["model.safetensors", "optimizer.safetensors", "spec.pd", "state.json"];
        Assert.Equal(
            ["SHA256SUMS", .. files],
            Directory.GetFileSystemEntries(written).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(written, "state.json")));
        var root = json.RootElement;
        Assert.Equal(2, root.GetProperty("format_version").GetInt32());
        Assert.Equal(30, root.GetProperty("step").GetInt64());
        Assert.Equal(3, root.GetProperty("epoch").GetInt64());
        Assert.Equal(64, root.GetProperty("data_position").GetInt64());
        Assert.Equal(42, root.GetProperty("seed").GetInt64());
        Assert.Equal(state.State.Fingerprint, root.GetProperty("fingerprint").GetString());
        Assert.Equal("model { linear 2 }\n", File.ReadAllText(Path.Combine(written, "spec.pd")));
        var sums = files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(written, file))))}  {file}\n");
        Assert.Equal(string.Concat(sums), File.ReadAllText(Path.Combine(written, "SHA256SUMS")));
    }

    [Fact]
    public void A_checkpoint_takes_the_place_of_one_of_its_step()
    {
        using var state = new SmallState();
        var written = CheckpointWriter.Write(folder.Path, state.State);
        File.WriteAllText(Path.Combine(written, "model.safetensors"), "torn");
        Assert.Equal(written, CheckpointWriter.Write(folder.Path, state.State));
        Assert.NotNull(CheckpointReader.Read(written, out _));
        Assert.Single(Directory.GetFileSystemEntries(folder["checkpoints"]));
    }

    [Fact]
    public void The_tensors_come_back_by_name()
    {
        using var state = new SmallState();
        var written = CheckpointWriter.Write(folder.Path, state.State);
        using var scope = NewDisposeScope();
        var model = SafetensorsFile.Read(Path.Combine(written, "model.safetensors"));
        Assert.Equal(["fc.bias", "fc.weight"], model.Keys);
        Assert.Equal(state.State.Model["fc.weight"].data<float>().ToArray(), model["fc.weight"].data<float>().ToArray());
        Assert.Equal(["fc.weight.exp_avg"], SafetensorsFile.Read(Path.Combine(written, "optimizer.safetensors")).Keys);
    }

    [Fact]
    public void Two_checkpoints_of_one_state_have_the_same_bytes()
    {
        using var state = new SmallState();
        var (first, second) = (CheckpointWriter.Write(folder["a"], state.State), CheckpointWriter.Write(folder["b"], state.State));
        foreach (var file in Directory.GetFiles(first))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(second, Path.GetFileName(file))));
    }

    [Fact]
    public void A_checkpoint_that_fails_leaves_no_half_of_one()
    {
        using var state = new SmallState();
        var broken = state.State with { Optimizer = state.State.Optimizer.Add("bad", zeros(1, dtype: ScalarType.ComplexFloat32)) };
        Assert.ThrowsAny<Exception>(() => CheckpointWriter.Write(folder.Path, broken));
        Assert.Empty(Directory.GetFileSystemEntries(folder["checkpoints"]));
    }

    [Fact]
    public void A_file_in_the_way_of_the_checkpoints_is_named()
    {
        File.WriteAllText(folder["checkpoints"], "");
        using var state = new SmallState();
        var failure = Assert.Throws<RunFailedException>(() => CheckpointWriter.Write(folder.Path, state.State));
        Assert.Equal("PD5220", failure.Diagnostic.Code);
        Assert.Contains("step-30", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fingerprint_tells_texts_apart()
    {
        Assert.Equal(SpecFingerprint.Of("a"), SpecFingerprint.Of("a"));
        Assert.NotEqual(SpecFingerprint.Of("a"), SpecFingerprint.Of("b"));
        Assert.StartsWith("sha256:", SpecFingerprint.Of("a"), StringComparison.Ordinal);
    }

    private sealed class SmallState : IDisposable
    {
        public TrainingState State { get; } = new(
            30, 3, 42, SpecFingerprint.Of("spec"), 64, Named(("fc.weight", rand(2, 3)), ("fc.bias", zeros(2))), Named(("fc.weight.exp_avg", rand(2, 3))))
        {
            Spec = "model { linear 2 }\n",
        };

        public void Dispose()
        {
            foreach (var tensor in State.Model.Values.Concat(State.Optimizer.Values))
                tensor.Dispose();
        }

        private static ImmutableSortedDictionary<string, Tensor> Named(params (string Name, Tensor Value)[] tensors) =>
            tensors.ToImmutableSortedDictionary(tensor => tensor.Name, tensor => tensor.Value, StringComparer.Ordinal);
    }
}
