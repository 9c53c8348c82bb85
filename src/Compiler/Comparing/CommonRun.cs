using System.Collections.Immutable;

namespace ParDsl.Compiler.Comparing;

/// <summary>The longest list of places that two lists have alike, in order (Wagner and Fischer 1974).</summary>
internal static class CommonRun
{
    public static ImmutableArray<(int Before, int After)> Of(ReadOnlySpan<string> before, ReadOnlySpan<string> after)
    {
        var head = before.CommonPrefixLength(after);
        var lengths = Lengths(before[head..], after[head..]);
        var pairs = ImmutableArray.CreateBuilder<(int, int)>();
        for (var place = 0; place < head; place++)
            pairs.Add((place, place));
        for (var (left, right) = (head, head); left < before.Length && right < after.Length;)
        {
            if (before[left] == after[right])
                pairs.Add((left++, right++));
            else if (lengths[left - head + 1, right - head] >= lengths[left - head, right - head + 1])
                left++;
            else
                right++;
        }

        return pairs.ToImmutable();
    }

    /// <summary>Of what stands behind two places: how many can go together.</summary>
    private static int[,] Lengths(ReadOnlySpan<string> before, ReadOnlySpan<string> after)
    {
        var lengths = new int[before.Length + 1, after.Length + 1];
        for (var left = before.Length - 1; left >= 0; left--)
        {
            for (var right = after.Length - 1; right >= 0; right--)
            {
                lengths[left, right] = before[left] == after[right]
                    ? lengths[left + 1, right + 1] + 1
                    : Math.Max(lengths[left + 1, right], lengths[left, right + 1]);
            }
        }

        return lengths;
    }
}
