using System.Collections.Immutable;

namespace ParDsl.Reliability;

/// <summary>A layout in which a run is killed again and again.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Words">The options behind <c>pardsl run FILE</c>.</param>
/// <param name="IsJob">Whether its ranks are processes, which mpirun starts.</param>
internal sealed record KillCase(string Name, ImmutableArray<string> Words, bool IsJob)
{
    public static readonly ImmutableArray<KillCase> All =
    [
        new("one device", ["--set", "parallel.data=1"], false),
        new("one device, float16", ["--set", "parallel.data=1", "--set", "train.precision=float16"], false),
        new("data 2", ["--set", "parallel.data=2"], false),
        new("data 2, shard parameters, bfloat16", ["--set", "parallel.data=2", "--set", "parallel.shard=parameters", "--set", "train.precision=bfloat16"], false),
        new("pipeline 2", ["--set", "parallel.pipeline=2"], false),
        new("tensor 2", ["--set", "parallel.tensor=2"], false),
        new("data 2, two processes over MPI", ["--set", "parallel.data=2", "--processes", "2"], true),
        new("pipeline 2, two processes over MPI", ["--set", "parallel.pipeline=2", "--processes", "2"], true),
    ];
}
