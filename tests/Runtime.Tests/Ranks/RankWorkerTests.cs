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

    // Enough numbers for libtorch to share them out, so that its own threads are asked, too.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_rank_takes_subnormal_numbers_for_zero(int threadCount)
    {
        NativeLibraries.Load();
        var (sum, plain) = (double.NaN, double.NaN);
        // As PyTorch's threads, those of other kinds do not.
        var thread = new Thread(() => plain = SumOfSubnormalProducts());
        thread.Start();
        thread.Join();
        using (var worker = new RankWorker(0, threadCount))
            worker.Post(() => sum = SumOfSubnormalProducts());
        Assert.Equal(0, sum);
        Assert.True(plain > 0);
    }

    private static double SumOfSubnormalProducts()
    {
        using var scope = torch.NewDisposeScope();
        using var small = 1e-20.ToScalar();
        var factors = torch.full([1 << 18], small, torch.float32);
        return factors.mul(factors).to(torch.float64).sum().ToDouble();
    }
}
