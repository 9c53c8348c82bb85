// One process of a job that mpirun starts: it makes one kind of check, by name, and says what does not hold on standard error.
// Exit code 0 when all holds on every rank; rank 0 then says `NAME: N checks on S ranks of LIBRARY`.
using ParDsl.MpiRanks;
using ParDsl.Runtime;
using ParDsl.Runtime.Collectives.Mpi;
using ParDsl.Runtime.Native;

const int Failed = 1;
const int Misused = 2;
const int NotStarted = 3;

if (args.Length != 1 || !Checks.ByName.TryGetValue(args[0], out var check))
{
    Console.Error.WriteLine($"usage: mpirun -n N dotnet ParDsl.MpiRanks.dll {string.Join('|', Checks.ByName.Keys)}");
    return Misused;
}

NativeLibraries.Load();
MpiJob job;
try
{
    job = MpiJob.Start(check.LargestPiece);
}
catch (RunFailedException failure)
{
    Console.Error.WriteLine($"error {failure.Diagnostic.Code}: {failure.Diagnostic.Message}");
    return NotStarted;
}

try
{
    using (job)
    {
        var findings = new Findings(job.Rank);
        check.Run(job, findings);
        // All end together: a rank that left early would look like one that died.
        var wrong = job.AllGather([.. BitConverter.GetBytes(findings.WrongCount)]).Sum(bytes => BitConverter.ToInt32(bytes));
        if (job.Rank == 0 && wrong == 0)
            Console.WriteLine($"{args[0]}: {findings.Count} checks on {job.Size} ranks of {job.Version}");
        return wrong == 0 ? 0 : Failed;
    }
}
catch (Exception failure)
{
    Console.Error.WriteLine($"rank {job.Rank}: {failure}");
    job.Abort(Failed);
    return Failed;
}
