using ParDsl.Compiler.Binding;
using ParDsl.Goldens;
using ParDsl.Parsing;
using ParDsl.Runtime.Data;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Runtime.Tests.Data;

/// <summary>Every example of a mistake about data gives that mistake, and no other, from its text to the probe.</summary>
public sealed class DataDiagnosticsTests
{
    private static readonly string Folder = Path.Combine(Golden.Root, "tests", "Goldens", "diagnostics");

    public static TheoryData<string> Cases() =>
        [.. Directory.GetDirectories(Folder, "PD50*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_example_gives_the_mistake_it_stands_for(string name)
    {
        if (name == "PD5003" && !File.Exists("/proc/self/mem"))
            Assert.Skip("this machine has no /proc/self/mem, whose start no one can read");
        var source = SourceReader.read(Path.Combine(Folder, name, "input.pd")).File;
        var request = DataBinder.Bind(Parser.parse(source).Program);
        Assert.Empty(request.Diagnostics);
        var found = Assert.Single(DatasetProbe.Describe(request.Value!).Diagnostics);
        Assert.Equal(name.Split('-')[0], found.Code);
        Assert.True(found.Help.Length > 0 && !found.Message.EndsWith('.'));
    }
}
