using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Data;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>Tokens from a closed formula that tests/Goldens/pytorch/make-references.py has too.</summary>
internal static class TokenRun
{
    public const int Vocabulary = 7;

    public static LoadedDataset Data(CheckedData data, int sampleCount)
    {
        var length = checked((int)data.Input.ElementCount);
        var tokens = Enumerable.Range(0, (sampleCount * length) + 1).Select(place => ((place * place) + (place / 3)) % Vocabulary).ToArray();
        var table = new SampleTable(
            new TokenBlocks(tokens, sampleCount, length, offset: 0),
            new SampleTargets.Tokens(new TokenBlocks(tokens, sampleCount, length, offset: 1)));
        var format = new SampleFormat(data.Input, 1, 0, data.Target) { InputKind = data.InputKind };
        return new LoadedDataset(new DatasetPart(table, [.. Enumerable.Range(0, sampleCount)], format), null, null);
    }
}
