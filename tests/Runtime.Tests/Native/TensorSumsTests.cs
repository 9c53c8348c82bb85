using ParDsl.Runtime.Native;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Native;

/// <summary>Scalars are freed by the finalizer: while it runs all the time, sums stay right.</summary>
public sealed class TensorSumsTests
{
    private const int SumCount = 300_000;

    [Fact]
    public void Sums_are_right_while_the_finalizer_runs()
    {
        NativeLibraries.Load();
        using var scope = NewDisposeScope();
        var total = zeros([], ScalarType.Float64);
        var one = ones([], ScalarType.Float64);
        WhileTheFinalizerRuns(() =>
        {
            for (var sum = 0; sum < SumCount; sum++)
                total.Increase(one);
        });
        Assert.Equal(SumCount, TensorNumber.Real(total));
    }

    [Fact]
    public void Numbers_are_added_as_they_are()
    {
        NativeLibraries.Load();
        using var scope = NewDisposeScope();
        Assert.Equal(2.25, TensorNumber.Real(ones([], ScalarType.Float64).Plus(1.25)));
        var whole = ones([], ScalarType.Int64).Plus(41L);
        Assert.Equal(ScalarType.Int64, whole.dtype);
        Assert.Equal(42, TensorNumber.Whole(whole));
        Assert.Equal(2, TensorNumber.Real(ones([], ScalarType.BFloat16).Plus(ones([], ScalarType.BFloat16))));
        Assert.True(TensorNumber.IsTrue(tensor(true)));
        Assert.False(TensorNumber.IsTrue(tensor(false)));
    }

    private static void WhileTheFinalizerRuns(Action work)
    {
        var isOver = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
                // What was freed is written over.
                using var other = 1e300.ToScalar();
            }
        });
        collector.Start();
        work();
        Volatile.Write(ref isOver, true);
        collector.Join();
    }
}
