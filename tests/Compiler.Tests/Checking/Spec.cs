using Microsoft.FSharp.Core;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Data;
using ParDsl.Diagnostics;
using ParDsl.Parsing;
using ParDsl.Source;
using ParDsl.Syntax;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>Programs for tests: one that is right, of which each test changes what it is about.</summary>
internal static class Spec
{
    public const string Data = "source synthetic 320 seed=1; input [10]; target [5]";
    public const string Model = "fc1: linear 8; relu; fc2: linear 5";
    public const string Train = "loss mse; optimizer sgd lr=0.01; batch 32";

    /// <summary>A program on four lines; each argument replaces a block's inside.</summary>
    public static string Of(
        string top = "",
        string data = Data,
        string model = Model,
        string train = Train,
        string parallel = "") =>
        $"{top}\ndata {{ {data} }}\nmodel {{ {model} }}\ntrain {{ {train} }}\n{parallel}\n";

    public static ProgramSyntax Parse(string text, string path = "spec.pd")
    {
        var result = Parser.parse(new SourceFile(path, text));
        Assert.Empty(result.Diagnostics);
        return result.Program;
    }

    /// <summary>The program with its imports, which are among these files.</summary>
    public static ProgramSyntax WithImports(ProgramSyntax program, IReadOnlyDictionary<string, string> files)
    {
        var read = FSharpFunc<string, SourceReading>.FromConverter(path => new SourceReading(new SourceFile(path, files[path]), []));
        var result = Imports.Imports.resolve(read, program);
        Assert.Empty(result.Diagnostics);
        return result.Program;
    }

    /// <summary>Checks with the description that synthetic data has, and none for files.</summary>
    public static StageResult<CheckedProgram> Check(string text) => Check(text, Describe(text));

    public static StageResult<CheckedProgram> Check(string text, DatasetDescription? description) =>
        Checker.Check(Parse(text), description);

    public static CheckedProgram Right(string text, DatasetDescription? description = null, string path = "spec.pd")
    {
        var result = Checker.Check(Parse(text, path), description ?? Describe(text));
        Assert.Empty(result.Diagnostics.Select(diagnostic => $"{diagnostic.Code} {diagnostic.Message}"));
        return result.Value!;
    }

    /// <summary>1000 blocks of a text with 20 different characters.</summary>
    public static DatasetDescription Text(long length) => new(Shape.Of(length), length, 1000, 0) { Vocabulary = 20 };

    /// <summary>The one finding of a program.</summary>
    public static Diagnostic Only(StageResult<CheckedProgram> result)
    {
        var told = string.Join('\n', result.Diagnostics.Select(diagnostic => $"{diagnostic.Code} {diagnostic.Message}"));
        Assert.True(result.Diagnostics.Length == 1, $"one finding was expected, but there are {result.Diagnostics.Length}:\n{told}");
        return result.Diagnostics[0];
    }

    /// <summary>What the reader of synthetic data says of itself, and of a made-up text; null for files.</summary>
    public static DatasetDescription? Describe(string text)
    {
        if (DataBinder.Bind(Parse(text)).Value is { Source.Kind: "text" } book)
            return Text(book.Source.Arguments.Integer("length"));
        if (DataBinder.Bind(Parse(text)).Value is not { Source.Kind: "synthetic", StatedInput: { } input } request)
            return null;
        var values = request.Target is CheckedTarget.Values target ? target.Shape.ElementCount : 1;
        return new DatasetDescription(input, values, request.Source.Arguments.Integer("count"), 0);
    }
}
