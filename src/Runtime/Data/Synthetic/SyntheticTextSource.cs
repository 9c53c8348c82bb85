using ParDsl.Compiler;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;

namespace ParDsl.Runtime.Data.Synthetic;

/// <summary>A text that no file holds, of the length and vocabulary that the spec states.</summary>
internal sealed class SyntheticTextSource : IDatasetSource
{
    public StageResult<DatasetDescription> Describe(DatasetRequest request)
    {
        var (count, length, vocabulary) = Stated(request);
        foreach (var numbers in (double[])[((double)count * length) + 1, vocabulary])
        {
            if (numbers > Array.MaxLength)
                throw new RunFailedException(DataErrors.TooLarge(request.SourceSpan, "synthetic_text", numbers));
        }

        var description = new DatasetDescription(Shape.Of(length), length, count, 0) { Vocabulary = vocabulary };
        return new StageResult<DatasetDescription>(description, []);
    }

    public StageResult<SourceTables> Read(DatasetRequest request)
    {
        Describe(request);
        var (count, length, vocabulary) = Stated(request);
        var text = new SyntheticText((int)vocabulary, request.Source.Arguments.Integer("seed"));
        var tokens = text.Make((int)count, (int)length);
        var table = new SampleTable(
            new TokenBlocks(tokens, (int)count, (int)length, offset: 0),
            new SampleTargets.Tokens(new TokenBlocks(tokens, (int)count, (int)length, offset: 1)));
        return new StageResult<SourceTables>(new SourceTables(table, null), []);
    }

    private static (long Count, long Length, long Vocabulary) Stated(DatasetRequest request)
    {
        var arguments = request.Source.Arguments;
        return (arguments.Integer("count"), arguments.Integer("length"), arguments.Integer("vocabulary"));
    }
}
