using ParDsl.Compiler.Plans;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>
/// A bucket's view of each room that it was in: a small network's bucket comes and goes many times in a millisecond, in few
/// rooms, and to make a view takes longer than to copy its elements. Rooms stay as long as their rank.
/// </summary>
internal sealed class BucketViews(GradientBucket plan) : IDisposable
{
    // By identity: tensors compare their numbers.
    private readonly Dictionary<Tensor, BucketView> views = new(ReferenceEqualityComparer.Instance);

    public BucketView In(Tensor room)
    {
        if (!views.TryGetValue(room, out var view))
            views.Add(room, view = new BucketView(plan, room));
        return view;
    }

    public void Dispose()
    {
        foreach (var view in views.Values)
            view.Dispose();
        views.Clear();
    }
}
