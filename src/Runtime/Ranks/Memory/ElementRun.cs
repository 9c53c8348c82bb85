using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>Places in a rank's flat buffer, one after the other.</summary>
/// <param name="Count">Not above 0 where there are none.</param>
internal readonly record struct ElementRun(long Start, long Count)
{
    public static ElementRun Of(PlacedParameter placed) => new(placed.ElementOffset, placed.Shape.ElementCount);

    /// <summary>Those that lie in another run.</summary>
    public ElementRun Within(long start, long count)
    {
        var first = Math.Max(Start, start);
        return new(first, Math.Min(Start + Count, start + count) - first);
    }
}
