using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ParDsl.Runtime.Data;

/// <summary>
/// Tells data apart that was read in two places: the SHA-256 of each part's samples, of all where they are few, else of some that
/// are spread evenly over it.
/// </summary>
internal static class DatasetDigest
{
    /// <summary>About the most numbers of a part that are looked at, which takes some ten milliseconds.</summary>
    private const long MostNumbers = 1 << 20;

    public static string Of(LoadedDataset data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { data.Training, data.Validation, data.Test })
        {
            if (part is not null)
                Add(hash, part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, DatasetPart part)
    {
        var stride = 1 + ((long)part.Count * part.Table.Inputs.Width / MostNumbers);
        for (var sample = 0L; sample < part.Count; sample += stride)
        {
            var row = part.Rows[(int)sample];
            Add(hash, part.Table.Inputs, row);
            Add(hash, part.Table.Targets, row);
        }
    }

    private static void Add(IncrementalHash hash, SampleTargets targets, int row)
    {
        switch (targets)
        {
            case SampleTargets.Classes classes:
                hash.AppendData(MemoryMarshal.AsBytes(classes.Labels.AsSpan(row, 1)));
                break;
            case SampleTargets.Tokens tokens:
                Add(hash, tokens.Next, row);
                break;
            case SampleTargets.Values values:
                Add(hash, values.Numbers, row);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(targets), targets, null);
        }
    }

    private static void Add(IncrementalHash hash, SampleMatrix matrix, int row)
    {
        var numbers = new double[matrix.Width];
        matrix.CopyRow(row, numbers, scale: 1, shift: 0);
        hash.AppendData(MemoryMarshal.AsBytes(numbers.AsSpan()));
    }
}
