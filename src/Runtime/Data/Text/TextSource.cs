using ParDsl.Compiler;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Runtime.Data.Files;

namespace ParDsl.Runtime.Data.Text;

/// <summary>
/// A text as blocks of tokens: token t is the t-th of its different characters in code-point order, and what is to be learned
/// at each place is the next one. Block i covers the characters from <c>i * length</c> on; a rest too short for one is left.
/// </summary>
internal sealed class TextSource : IDatasetSource
{
    public StageResult<DatasetDescription> Describe(DatasetRequest request)
    {
        var text = Open(request);
        var length = LengthOf(request);
        var description = new DatasetDescription(Shape.Of(length), length, text.BlockCount(length), 0)
        {
            Vocabulary = text.Vocabulary.Length,
        };
        return new StageResult<DatasetDescription>(description, []);
    }

    public StageResult<SourceTables> Read(DatasetRequest request)
    {
        var text = Open(request);
        if (request.Target is CheckedTarget.Class target && target.Count != text.Vocabulary.Length)
            throw new RunFailedException(DataErrors.Changed(request.SourceSpan, "different character", $"`{text.Name}`", target.Count, text.Vocabulary.Length));
        var (length, count) = (LengthOf(request), text.BlockCount(LengthOf(request)));
        var tokens = text.Tokens();
        var table = new SampleTable(
            new TokenBlocks(tokens, count, length, offset: 0),
            new SampleTargets.Tokens(new TokenBlocks(tokens, count, length, offset: 1)));
        return new StageResult<SourceTables>(new SourceTables(table, null), []);
    }

    private static int LengthOf(DatasetRequest request) => checked((int)request.Source.Arguments.Integer("length"));

    /// <summary>The characters, which must be enough for one block and the character behind it.</summary>
    private static TextCharacters Open(DatasetRequest request)
    {
        var path = DataPath.Resolve(request.SourceSpan, request.Source.Arguments.Text("path"));
        using var stream = DataFile.Open(path, request.SourceSpan);
        var text = TextCharacters.Read(stream, request.SourceSpan);
        if (text.Count == 0)
            throw new RunFailedException(DataErrors.NoSamples(request.SourceSpan, text.Name));
        if (text.Vocabulary.Length == 1)
            throw new RunFailedException(TextErrors.OneCharacter(request.SourceSpan, text.Name, text.Vocabulary[0]));
        if (text.BlockCount(LengthOf(request)) == 0)
            throw new RunFailedException(TextErrors.TooShort(request.SourceSpan, text.Name, text.Count, LengthOf(request)));
        return text;
    }
}
