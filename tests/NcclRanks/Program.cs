using System.Collections.Immutable;
using System.Globalization;
using ParDsl.NcclRanks;
using ParDsl.Runtime.Collectives.Nccl;
using ParDsl.Runtime.Native;

// One rank, or all as threads, of a job over a library with NCCL's interface, for tests:
//   threads LIBRARY SIZE WORK
//   process LIBRARY SIZE WORK RANK PORT
//   library
// WORK is a name of `RankWork`. Each rank writes one line: its number, and what became of it.
// `library` writes which one is found.
NativeLibraries.Load();
if (args[0] == "library")
{
    FoundLibrary.Write();
    return;
}

var library = NcclLibrary.Load(args[1]);
var (size, work) = (int.Parse(args[2], CultureInfo.InvariantCulture), args[3]);
ImmutableArray<NcclChannel> channels =
[
    .. from source in Enumerable.Range(0, size)
       from destination in Enumerable.Range(0, size)
       where source != destination
       select new NcclChannel(source, destination),
];
if (args[0] == "threads")
    ThreadRanks.Run(library, size, work, channels);
else
    ProcessRank.Run(library, size, work, channels, int.Parse(args[4], CultureInfo.InvariantCulture), int.Parse(args[5], CultureInfo.InvariantCulture));
