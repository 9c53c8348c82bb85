using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Ranks;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// The ranks of one machine as the engine has them, each on a thread of its own with its share of the cores, doing the same
/// at the same time: a device is measured with its neighbours at work.
/// </summary>
internal sealed class RankTeam : IDisposable
{
    private readonly ImmutableArray<RankWorker> workers;
    private readonly MeasuringPace pace;
    private readonly CancellationToken cancellation;

    /// <param name="devices">Each rank's.</param>
    /// <param name="threadCount">What each rank's device has for one operation.</param>
    public RankTeam(ImmutableArray<Device> devices, int threadCount, MeasuringPace pace, CancellationToken cancellation)
    {
        (Devices, this.pace, this.cancellation) = (devices, pace, cancellation);
        workers = [.. devices.Select((_, rank) => new RankWorker(rank, threadCount))];
    }

    public ImmutableArray<Device> Devices { get; }

    public int Size => Devices.Length;

    /// <summary>Ends the ranks' waits for each other where one fails.</summary>
    public FailureSignal Failures { get; } = new();

    /// <summary>Whether work that takes so long is worth measuring again, or larger.</summary>
    public bool IsTooSlow(double seconds) => seconds > pace.MostSeconds;

    /// <summary>How long a rank takes for its work while all do theirs: the least of rounds of the ranks' mean.</summary>
    /// <param name="create">Makes a rank's work, on its thread.</param>
    public double SecondsOf(Func<int, Device, IMeasuredWork> create)
    {
        cancellation.ThrowIfCancellationRequested();
        var work = new IMeasuredWork?[Size];
        try
        {
            Together(rank => work[rank] = create(rank, Devices[rank]));
            // The first time of all makes what stays: code, threads, plans of kernels.
            var first = Round(work, 1);
            var once = IsTooSlow(first / 2) ? first : Round(work, 1);
            if (IsTooSlow(once))
                return once;
            var count = CountOf(work, once);
            return Undisturbed.Seconds(pace.Rounds, () => Round(work, count));
        }
        finally
        {
            Together(rank => work[rank]?.Dispose());
        }
    }

    public void Dispose()
    {
        foreach (var worker in workers)
            worker.Dispose();
    }

    /// <summary>
    /// How often the work goes into a round. A single time may hold a turn that another rank's thread had on the core, so the
    /// count grows until the whole round is long enough.
    /// </summary>
    private int CountOf(IMeasuredWork?[] work, double once)
    {
        const int growth = 4;
        var count = 1;
        for (var round = once; round < pace.RoundSeconds; round = Round(work, count) * count)
            count *= growth;
        return count;
    }

    /// <returns>The seconds of one time, the mean over the ranks.</returns>
    private double Round(IMeasuredWork?[] work, int count)
    {
        cancellation.ThrowIfCancellationRequested();
        var seconds = new double[Size];
        Together(rank =>
        {
            Fence(Devices[rank]);
            var clock = Stopwatch.GetTimestamp();
            for (var time = 0; time < count; time++)
                work[rank]!.Do();
            Fence(Devices[rank]);
            seconds[rank] = Stopwatch.GetElapsedTime(clock).TotalSeconds / count;
        });
        return seconds.Average();
    }

    /// <summary>Every rank does its part on its thread; the first failure is thrown when all are through.</summary>
    private void Together(Action<int> part)
    {
        var failures = new Exception?[Size];
        using var done = new CountdownEvent(Size);
        for (var rank = 0; rank < Size; rank++)
        {
            var own = rank;
            workers[own].Post(() =>
            {
                try
                {
                    part(own);
                }
                catch (Exception failure)
                {
                    failures[own] = failure;
                    Failures.Raise(new RankFailure(own, failure));
                }
                finally
                {
                    done.Signal();
                }
            });
        }

        done.Wait(CancellationToken.None);
        if (failures.Any(failure => failure is not null) && Failures.First is { } first)
            throw new InvalidOperationException("a rank could not do the work that is measured", first.Cause);
    }

    /// <summary>A GPU works behind the thread's back.</summary>
    private static void Fence(Device device)
    {
        if (device.type == TorchSharp.DeviceType.CUDA)
            cuda.synchronize(device);
    }
}
