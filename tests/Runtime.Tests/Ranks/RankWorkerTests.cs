using ParDsl.Runtime.Native;
using ParDsl.Runtime.Ranks;
using TorchSharp;
using Xunit;

namespace ParDsl.Runtime.Tests.Ranks;

public sealed class RankWorkerTests
{
    [Fact]
    public void A_rank_keeps_its_thread_count_whatever_another_thread_sets_before_its_first_operation()
    {
        NativeLibraries.Load();
        var other = new Thread(() => torch.set_num_threads(7));
        var count = 0;
        using (var worker = new RankWorker(0, threadCount: 3))
        {
            using var started = new ManualResetEventSlim();
            worker.Post(started.Set);
            started.Wait(TestContext.Current.CancellationToken);
            other.Start();
            other.Join();
            worker.Post(() => count = torch.get_num_threads());
        }

        Assert.Equal(3, count);
    }
}
