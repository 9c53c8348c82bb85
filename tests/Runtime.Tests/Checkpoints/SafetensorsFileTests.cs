using System.Collections.Immutable;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Native;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Checkpoints;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope;

    public SafetensorsFileTests()
    {
        NativeLibraries.Load();
        scope = NewDisposeScope();
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_file_has_exactly_the_bytes_that_the_format_describes()
    {
        Write(("b", tensor(new byte[] { 7, 8 })), ("a", tensor(new[] { 1.0f, -2.0f }).view(2, 1)));
        const string header =
            """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[2],"data_offsets":[8,10]}}""";
        var padded = header.PadRight((header.Length + 7) / 8 * 8);
        Assert.Equal(
            SafetensorsBytes.Of(padded, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 7, 8),
            File.ReadAllBytes(folder["t.safetensors"]));
    }

    [Fact]
    public void A_file_made_by_hand_is_read()
    {
        File.WriteAllBytes(folder["t.safetensors"], SafetensorsBytes.Of(
            """{"w":{"shape":[1,2],"dtype":"I16","data_offsets":[0,4]},"s":{"dtype":"BOOL","shape":[],"data_offsets":[4,5]}}""", 1, 0, 255, 255, 1));
        var tensors = SafetensorsFile.Read(folder["t.safetensors"]);
        Assert.Equal(["s", "w"], tensors.Keys);
        Assert.Equal([1, 2], tensors["w"].shape);
        Assert.Equal(new short[] { 1, -1 }, tensors["w"].data<short>().ToArray());
        Assert.Empty(tensors["s"].shape);
        Assert.True(tensors["s"].item<bool>());
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Bool)]
    public void Every_element_type_comes_back_with_the_same_bits(ScalarType type)
    {
        var written = (rand(3, 5, 2) * 100).to_type(type);
        Write(("x", written));
        var read = SafetensorsFile.Read(folder["t.safetensors"])["x"];
        Assert.Equal(type, read.dtype);
        Assert.Equal([3, 5, 2], read.shape);
        Assert.Equal(written.bytes.ToArray(), read.bytes.ToArray());
    }

    [Fact]
    public void Views_scalars_empty_and_learned_tensors_are_written_as_they_look()
    {
        var flat = arange(12, ScalarType.Float32);
        var learned = ones(2).requires_grad_();
        Write(("view", flat.narrow(0, 3, 4)), ("turned", flat.view(3, 4).t()), ("scalar", tensor(5L)), ("empty", zeros(0, 3)), ("learned", learned));
        var read = SafetensorsFile.Read(folder["t.safetensors"]);
        Assert.Equal([3f, 4f, 5f, 6f], read["view"].data<float>().ToArray());
        Assert.Equal([0f, 4f, 8f, 1f, 5f, 9f, 2f, 6f, 10f, 3f, 7f, 11f], read["turned"].data<float>().ToArray());
        Assert.Equal(5L, read["scalar"].item<long>());
        Assert.Equal([0, 3], read["empty"].shape);
        Assert.Equal([1f, 1f], read["learned"].data<float>().ToArray());
    }

    [Fact]
    public void Tensors_larger_than_one_piece_come_back_whole()
    {
        var written = randint(0, 256, [(1 << 24) + 5], ScalarType.Byte);
        Write(("x", written));
        Assert.True(SafetensorsFile.Read(folder["t.safetensors"])["x"].bytes.SequenceEqual(written.bytes));
    }

    [Fact]
    public void Wide_elements_come_first_so_that_every_tensor_is_aligned()
    {
        Write(("a", ones(3, dtype: ScalarType.Int8)), ("b", ones(1, dtype: ScalarType.Float64)), ("c", ones(1)));
        var header = SafetensorsFile.ReadHeader(folder["t.safetensors"]);
        Assert.Equal(["b", "c", "a"], header.Entries.Select(entry => entry.Name));
        Assert.Equal(0, header.DataOffset % 8);
        Assert.Equal("pt", header.Metadata["format"]);
    }

    [Fact]
    public void Writing_and_reading_leave_no_tensor_behind()
    {
        using var kept = ones(4).DetachFromDisposeScope();
        var before = Live;
        Write(("x", kept));
        Assert.Equal(before, Live);
        var read = SafetensorsFile.Read(folder["t.safetensors"])["x"];
        Assert.Equal(before + 1, Live);
        read.Dispose();
        Assert.Equal(before, Live);
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_nothing_and_says_why()
    {
        var failure = Assert.Throws<RunFailedException>(() => SafetensorsFile.Write(
            folder["missing/t.safetensors"], [new("x", ones(1))], Pytorch));
        Assert.Equal("PD5220", failure.Diagnostic.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static long Live => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static readonly ImmutableSortedDictionary<string, string> Pytorch =
        ImmutableSortedDictionary<string, string>.Empty.Add("format", "pt");

    private void Write(params (string Name, Tensor Value)[] tensors) => SafetensorsFile.Write(
        folder["t.safetensors"], tensors.Select(tensor => KeyValuePair.Create(tensor.Name, tensor.Value)), Pytorch);
}
