using System.Text;
using ParDsl.Runtime.Checkpoints;
using Xunit;

namespace ParDsl.Runtime.Tests.Checkpoints;

/// <summary>Files that lie about themselves: each gives its diagnostic, none another exception.</summary>
public sealed class HostileSafetensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("PD5204", "not json")]
    [InlineData("PD5204", "[1, 2]")]
    [InlineData("PD5204", """{"a":3}""")]
    [InlineData("PD5204", """{"a":{"dtype":"U8","shape":[1]}}""")]
    [InlineData("PD5204", """{"a":{"dtype":7,"shape":[1],"data_offsets":[0,1]}}""")]
    [InlineData("PD5204", """{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""")]
    [InlineData("PD5204", """{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""")]
    [InlineData("PD5204", """{"a":{"dtype":"U8","shape":"1","data_offsets":[0,1]}}""")]
    [InlineData("PD5204", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}""")]
    [InlineData("PD5204", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}}""")]
    [InlineData("PD5204", """{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,1]}}""")]
    [InlineData("PD5204", """{"a":{"a":{"a":{"a":{"a":{}}}}}}""")]
    [InlineData("PD5204", """{"__metadata__":{"a":1}}""")]
    [InlineData("PD5204", """{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""")]
    [InlineData("PD5205", """{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""")]
    [InlineData("PD5206", """{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}""")]
    [InlineData("PD5206", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""")]
    [InlineData("PD5206", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""")]
    [InlineData("PD5206", """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""")]
    [InlineData("PD5206", """{}""")]
    [InlineData("PD5207", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")]
    [InlineData("PD5207", """{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,4],"data_offsets":[0,4]}}""")]
    [InlineData("PD5208", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""")]
    public void A_header_that_lies_is_refused(string code, string header) =>
        Assert.Equal(code, CodeOf(SafetensorsBytes.Of(header, 1, 2, 3, 4)));

    [Theory]
    [InlineData(0UL)]
    [InlineData(3UL)]
    [InlineData(1000UL)]
    [InlineData(ulong.MaxValue)]
    public void A_header_length_that_cannot_be_is_refused(ulong length) =>
        Assert.Contains(CodeOf(SafetensorsBytes.Of(length, "{}")), (string[])["PD5203", "PD5204"]);

    [Fact]
    public void An_empty_file_is_no_safetensors_file() => Assert.Equal("PD5203", CodeOf([]));

    [Fact]
    public void A_missing_file_and_a_folder_have_their_own_messages()
    {
        Assert.Equal("PD5201", CodeOf(folder["nothing.safetensors"]));
        Assert.Equal("PD5202", CodeOf(folder.Path));
    }

    [Fact]
    public void The_message_shows_the_arithmetic()
    {
        File.WriteAllBytes(folder["x"], SafetensorsBytes.Of("""{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,4]}}""", 1, 2, 3, 4));
        var failure = Assert.Throws<RunFailedException>(() => SafetensorsFile.ReadHeader(folder["x"]));
        Assert.Equal($"`a` in `{folder["x"]}` is F32 of shape [2, 3], which takes 24 bytes, and its offsets hold 4", failure.Diagnostic.Message);
    }

    [Fact]
    public void No_damaged_file_does_more_than_fail_with_a_diagnostic()
    {
        var whole = SafetensorsBytes.Of(
            """{"__metadata__":{"k":"v"},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"I16","shape":[1],"data_offsets":[2,4]}}""", 1, 2, 3, 4);
        var random = new Random(1);
        for (var trial = 0; trial < 3000; trial++)
        {
            var damaged = whole.AsSpan(0, random.Next(4) == 0 ? random.Next(whole.Length) : whole.Length).ToArray();
            for (var change = random.Next(1, 4); change > 0 && damaged.Length > 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            using var stream = new MemoryStream(damaged);
            Assert.True(Record.Exception(() => new SafetensorsHeaderReader("x").Read(stream)) is null or RunFailedException, Encoding.Latin1.GetString(damaged));
        }
    }

    private string CodeOf(byte[] content)
    {
        File.WriteAllBytes(folder["bad.safetensors"], content);
        return CodeOf(folder["bad.safetensors"]);
    }

    private static string CodeOf(string path)
    {
        var failure = Assert.Throws<RunFailedException>(() => SafetensorsFile.ReadHeader(path));
        Assert.NotEmpty(failure.Diagnostic.Help);
        return failure.Diagnostic.Code;
    }
}
