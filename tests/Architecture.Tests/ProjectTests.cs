using System.Xml.Linq;
using Xunit;

namespace ParDsl.Architecture.Tests;

/// <summary>Law 0: a project references only what stands left of it in Dsl, Compiler, Runtime, Cli.</summary>
public sealed class ProjectTests
{
    private static readonly string[] Order = ["Dsl", "Compiler", "Runtime", "Cli"];

    public static TheoryData<string> Projects => [.. Order];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_go_one_way(string project)
    {
        var references = Items(project, "ProjectReference").Select(path => path.Split('/')[1]).ToList();
        Assert.All(references, reference => Assert.True(
            Array.IndexOf(Order, reference) < Array.IndexOf(Order, project), $"{project} references {reference}"));
        Assert.True(project == "Dsl" || references.Count > 0, $"no reference of {project} was found: does this test still read its project file?");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_the_runtime_has_TorchSharp(string project)
    {
        var packages = File.ReadLines(Repository.At($"src/{project}/paket.references")).ToList();
        Assert.Equal(project == "Runtime", packages.Contains("TorchSharp"));
        Assert.Equal(project == "Cli", packages.Contains("Argu"));
    }

    [Fact]
    public void Only_the_runtime_names_TorchSharp_in_its_code()
    {
        var others = Repository.Sources("src/Dsl", "src/Compiler", "src/Cli").ToList();
        Assert.True(others.Count > 100);
        Assert.DoesNotContain(others, path => Code(path).Any(line => line.Contains("using TorchSharp", StringComparison.Ordinal) || line.Contains("open TorchSharp", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_compiler_is_built_with_the_list_of_what_it_may_not_touch() =>
        AssertBans("Compiler", "T:System.IO.File;", "T:System.Console;", "T:System.Random;", "T:System.Environment;", "P:System.DateTime.Now;");

    /// <summary>TorchSharp holds no scalar while libtorch reads it; those who call it do.</summary>
    [Fact]
    public void The_runtime_is_built_with_the_list_of_what_makes_scalars_that_nobody_holds()
    {
        AssertBans(
            "Runtime",
            "M:TorchSharp.Scalar.op_Implicit(System.Double)~TorchSharp.Scalar;",
            "M:TorchSharp.torch.Tensor.add_(TorchSharp.torch.Tensor);",
            "M:TorchSharp.TensorExtensionMethods.ToDouble(TorchSharp.torch.Tensor);");
        Assert.DoesNotContain(
            Repository.Sources("src/Runtime").SelectMany(path => Code(path)),
            line => line.Contains("RS0030", StringComparison.Ordinal));
    }

    /// <summary>The analyzer could be switched off; a look at the text could not.</summary>
    [Fact]
    public void The_compiler_opens_no_file_clock_or_process() =>
        Assert.DoesNotContain(
            Repository.Sources("src/Compiler").SelectMany(path => Code(path)),
            line => line.Contains("using System.IO", StringComparison.Ordinal)
                || line.Contains("using System.Diagnostics", StringComparison.Ordinal)
                || line.Contains("RS0030", StringComparison.Ordinal));

    private static void AssertBans(string project, params string[] symbols)
    {
        Assert.Contains("BannedSymbols.txt", Items(project, "AdditionalFiles"));
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", Repository.Read($"src/{project}/paket.references"), StringComparison.Ordinal);
        var banned = Repository.Read($"src/{project}/BannedSymbols.txt");
        Assert.All(symbols, symbol => Assert.Contains(symbol, banned, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Code(string path) => File.ReadLines(Repository.At(path));

    private static List<string> Items(string project, string kind)
    {
        var file = Directory.GetFiles(Repository.At($"src/{project}"), "*.*proj").Single();
        return [.. XDocument.Load(file).Descendants(kind).Select(item => item.Attribute("Include")!.Value)];
    }
}
