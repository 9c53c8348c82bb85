using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Data;

namespace ParDsl.Runtime.Jobs;

/// <summary>
/// Every process of a job reads the data on its own machine. Ranks with other numbers of samples would do other numbers of updates,
/// and wait for each other; with other samples they would learn something else than one device.
/// </summary>
internal static class DataAgreement
{
    /// <exception cref="RunFailedException">Two processes have read different data: the same words in all.</exception>
    public static void Require(IRendezvous processes, LoadedDataset data)
    {
        if (processes.Size == 1)
            return;
        var member = new JobMember(processes.Rank, Environment.MachineName, Environment.ProcessId);
        var count = (long)data.Training.Count + (data.Validation?.Count ?? 0) + (data.Test?.Count ?? 0);
        var all = processes.GatherValues(new DataReport(member, count, DatasetDigest.Of(data)));
        if (Array.Find(all, other => other.SampleCount != all[0].SampleCount || other.Digest != all[0].Digest) is { } odd)
            throw new RunFailedException(JobErrors.DataDiffers(all[0], odd));
    }
}
