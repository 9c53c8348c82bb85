using ParDsl.Compiler.Hardware;
using ParDsl.Runtime.Launching;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Runtime.Tests.Launching;

/// <summary>The machines that a command line or a file names.</summary>
public sealed class HostListTests
{
    [Theory]
    [InlineData("a", "a:0")]
    [InlineData("a,b", "a:0 b:0")]
    [InlineData("a:4, b:2", "a:4 b:2")]
    [InlineData("a:4,b", "a:4 b:1")]
    [InlineData("10.0.0.1,node-1.cluster", "10.0.0.1:0 node-1.cluster:0")]
    public void A_list(string text, string expected)
    {
        var (hosts, mistake) = HostList.Parse(text);
        Assert.Null(mistake);
        Assert.Equal(expected, Words(hosts));
    }

    [Theory]
    [InlineData("a,,b", "empty")]
    [InlineData("", "empty")]
    [InlineData("a,b,a", "`a` stands there twice")]
    [InlineData("a:0", "`a:0`")]
    [InlineData("a:-1", "`a:-1`")]
    [InlineData("a:65537", "`a:65537`")]
    [InlineData("a:4:4", "`a:4:4`")]
    [InlineData("node[1-4]", "`node[1-4]` is no machine's name")]
    [InlineData("me@a", "`me@a`")]
    [InlineData("-a", "`-a`")]
    [InlineData("10.0.0", "`10.0.0`")]
    [InlineData("10.0.0.300", "`10.0.0.300`")]
    [InlineData("a;reboot", "`a;reboot`")]
    public void A_mistake_in_a_list(string text, string part)
    {
        var (hosts, mistake) = HostList.Parse(text);
        Assert.Empty(hosts);
        Assert.Contains(part, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a slots=4\nb slots=2 max_slots=8\n", "a:4 b:2")]
    [InlineData("a:4\nb:2\n", "a:4 b:2")]
    [InlineData("# all\r\na   # the first\r\n\r\n\tb\r\n", "a:0 b:0")]
    [InlineData("a\na\nb\n", "a:2 b:1")]
    [InlineData("a max-slots=2\nb", "a:0 b:0")]
    public void A_file(string text, string expected) =>
        Assert.Equal(expected, Words(HostFile.Parse(new SourceFile("hosts", text))));

    [Theory]
    [InlineData("a\nb cores=2\n", 2, "`cores=2`")]
    [InlineData("a slots=x", 1, "`x`")]
    [InlineData("a:4 slots=4", 1, "twice")]
    [InlineData("a\n\n# x\nb/c", 4, "`b/c`")]
    [InlineData("a slots=2\nb\na slots=2", 3, "`a` stands in the file twice")]
    public void A_mistake_in_a_file_names_its_line(string text, int line, string part)
    {
        var failure = Assert.Throws<RunFailedException>(() => HostFile.Parse(new SourceFile("hosts", text)));
        Assert.Equal("PD5362", failure.Diagnostic.Code);
        Assert.Equal(line, failure.Diagnostic.Span.StartPosition.Line);
        Assert.Contains(part, failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    private static string Words(IEnumerable<MachineSlots> hosts) =>
        string.Join(' ', hosts.Select(host => $"{host.Name}:{host.Slots}"));
}
