using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Data;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// The name <c>vocabulary</c>: how many different tokens a text has. The data must be known for it, so it has its value
/// from the data block on, unlike the <c>let</c>s, which come first; a <c>let</c> of that name stays what it is.
/// </summary>
internal static class VocabularyName
{
    public const string Word = "vocabulary";

    /// <param name="data">Null where the data block has a mistake: then the name may be meant well, and adds no error.</param>
    public static void Give(ProgramBlocks blocks, BoundData? data, DatasetDescription? description)
    {
        if (blocks.Environment.Holds(Word))
            return;
        if (data is null ? DataBlockBinder.NamesText(blocks.Data) : SourceCatalogue.IsText(data.Source.Component.Kind))
            blocks.Environment.Add(Word, description?.Vocabulary is { } count ? new Value.Integer(count) : null);
        else if (data is null)
            blocks.Environment.Tolerate(Word);
    }
}
