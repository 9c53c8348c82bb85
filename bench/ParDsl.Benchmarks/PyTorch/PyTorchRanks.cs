using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ParDsl.Benchmarks.Rates;

namespace ParDsl.Benchmarks.PyTorch;

/// <summary>PyTorch's side: as many processes as ranks, with DistributedDataParallel over gloo where there are several.</summary>
internal sealed class PyTorchRanks : ITimedLoop
{
    private readonly List<PyTorchRank> ranks = [];

    private PyTorchRanks(int stepSize) => StepSize = stepSize;

    public int StepSize { get; }

    /// <summary>Ranks that train together.</summary>
    /// <param name="network">One of bench/pytorch/networks.py.</param>
    public static PyTorchRanks Start(string network, int globalBatch, int count) =>
        Start(globalBatch, count, "train.py", network, Words(globalBatch));

    /// <summary>Ranks that sum a tensor of float32 over and over.</summary>
    public static PyTorchRanks StartAllReduce(int byteCount, int count) => Start(byteCount, count, "allreduce.py", Words(byteCount));

    private static PyTorchRanks Start(int stepSize, int count, string script, params string[] arguments)
    {
        var started = new PyTorchRanks(stepSize);
        try
        {
            started.StartRanks(count, script, arguments);
            return started;
        }
        catch
        {
            started.Dispose();
            throw;
        }
    }

    /// <returns>The seconds of the slowest rank, by its own clock.</returns>
    public double Step(int count)
    {
        foreach (var rank in ranks)
            rank.Ask(count);
        return ranks.Select(rank => rank.Seconds()).ToArray().Max();
    }

    public void Dispose()
    {
        foreach (var rank in ranks)
            rank.Dispose();
    }

    private void StartRanks(int count, string script, string[] arguments)
    {
        var port = FreePort();
        for (var rank = 0; rank < count; rank++)
        {
            var start = PythonWithTorch.Start(script, arguments);
            start.Environment["RANK"] = Words(rank);
            start.Environment["WORLD_SIZE"] = Words(count);
            start.Environment["MASTER_ADDR"] = "127.0.0.1";
            start.Environment["MASTER_PORT"] = Words(port);
            // gloo would else look for the interface of the machine's name, which may lead elsewhere or nowhere.
            start.Environment["GLOO_SOCKET_IFNAME"] = "lo";
            ranks.Add(new PyTorchRank(start));
        }

        foreach (var rank in ranks)
            rank.AwaitReady();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Words(int number) => number.ToString(CultureInfo.InvariantCulture);
}
