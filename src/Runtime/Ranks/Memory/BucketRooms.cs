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
        var room = free.Where(candidate => candidate.numel() >= elementCount).MinBy(candidate => candidate.numel());
        if (room is null)
            return empty([elementCount], type, device).DetachFromDisposeScope();
        free.Remove(room);
        return room;
    }

    public void GiveBack(Tensor room) => free.Add(room);

    public void Dispose()
    {
        foreach (var room in free)
            room.Dispose();
    }
}
