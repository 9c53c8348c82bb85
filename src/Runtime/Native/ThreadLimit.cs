using TorchSharp;

namespace ParDsl.Runtime.Native;

/// <summary>The threads that libtorch may use for one operation of the calling thread.</summary>
internal static class ThreadLimit
{
    public static void Set(int threadCount)
    {
        // At its first use on a thread, libtorch takes over the count that any thread of the process set last. The question
        // is such a use: only a count set after it is this thread's own, whatever another session sets.
        _ = torch.get_num_threads();
        torch.set_num_threads(threadCount);
    }
}
