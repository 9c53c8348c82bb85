using System.Collections.Immutable;
using ParDsl.Runtime.Data.Files;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Text;

/// <summary>A text's characters (code points) in order, and its different ones: its vocabulary, in code-point order.</summary>
internal sealed class TextCharacters
{
    private readonly int[] characters;

    private TextCharacters(string name, int[] characters)
    {
        (Name, this.characters) = (name, characters);
        Vocabulary = [.. characters.Distinct().Order()];
    }

    /// <summary>The file's name, for messages.</summary>
    public string Name { get; }

    public int Count => characters.Length;

    public ImmutableArray<int> Vocabulary { get; }

    /// <exception cref="RunFailedException">It is no UTF-8, or more than memory holds.</exception>
    public static TextCharacters Read(DataStream stream, SourceSpan span) =>
        new(stream.Name, new CharacterReader(stream, span).ReadAll());

    /// <summary>How many blocks there are whose last character has one behind it.</summary>
    public int BlockCount(int length) => (Count - 1) / length;

    /// <summary>Each character as its place in the vocabulary.</summary>
    public int[] Tokens()
    {
        var places = Vocabulary.Select((character, token) => (character, token)).ToDictionary(
            pair => pair.character, pair => pair.token);
        return Array.ConvertAll(characters, character => places[character]);
    }
}
