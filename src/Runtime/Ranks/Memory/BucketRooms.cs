using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>
/// Room for the whole buckets of a rank that are there for a while only: what one gives back, the next one takes. A heap
/// would not reuse the gaps, since aligned pieces of one size that come and go seldom fit the last one's.
/// </summary>
internal sealed class BucketRooms(ScalarType type, Device device) : IDisposable
{
    private readonly List<Tensor> free = [];

    public ScalarType Type => type;

    public Device Device => device;

    /// <summary>The smallest free room that is large enough, or a new one.</summary>
    /// <returns>[so many elements or more], of any values.</returns>
    public Tensor Take(long elementCount)
    {
        // By its place: a list looks for a tensor with equal numbers, and rooms of zeros are all equal, those with NaN none.
        int? place = null;
        for (var index = 0; index < free.Count; index++)
        {
            if (free[index].numel() >= elementCount && !(place is { } smallest && free[smallest].numel() <= free[index].numel()))
                place = index;
        }

        if (place is not { } taken)
            return empty([elementCount], type, device).DetachFromDisposeScope();
        var room = free[taken];
        free.RemoveAt(taken);
        return room;
    }

    public void GiveBack(Tensor room) => free.Add(room);

    public void Dispose()
    {
        foreach (var room in free)
            room.Dispose();
    }
}
