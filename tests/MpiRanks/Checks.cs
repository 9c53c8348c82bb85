using System.Collections.Immutable;

namespace ParDsl.MpiRanks;

internal static class Checks
{
    // Less than every odd size that operations are tried with, and divides none of them.
    private const int TinyPiece = 7;

    public static readonly ImmutableSortedDictionary<string, Check> ByName = new Dictionary<string, Check>
    {
        ["operations"] = new(OperationChecks.Run),
        ["large"] = new(OperationChecks.RunLarge),
        ["pieces"] = new(OperationChecks.Run) { LargestPiece = TinyPiece },
        ["bits"] = new(BitChecks.Run),
        ["groups"] = new(GroupChecks.Run),
        ["messages"] = new(MessageChecks.Run),
        ["meeting"] = new(MeetingChecks.Run),
        ["mistakes"] = new(MistakeChecks.Run),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
