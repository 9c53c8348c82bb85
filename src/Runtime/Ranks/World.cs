using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Engines;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// The ranks of this process, each on its own thread with what it keeps between pieces of work. The first failure of any rank
/// ends the others' waits, and is the one that is told.
/// </summary>
internal sealed class World<TState> : IDisposable
    where TState : class, IDisposable
{
    private readonly FailureSignal failures = new();
    private readonly ImmutableSortedDictionary<int, RankWorker> workers;
    private readonly ImmutableSortedDictionary<int, Holder> states;
    private readonly Func<TState?, RankActivity> activity;
    private readonly IConnections connections;

    /// <param name="activity">What a rank is doing, for whoever watches over it, and for the message where it fails.</param>
    public World(ExecutionPlan plan, IEngine engine, Func<TState?, RankActivity> activity)
    {
        this.activity = activity;
        LocalRanks =
        [
            .. plan.Ranks.Select(rank => rank.Rank).Where(rank => engine.ProcessOf(rank) == engine.Processes.Rank),
        ];
        states = LocalRanks.ToImmutableSortedDictionary(rank => rank, _ => new Holder());
        connections = engine.Connect(plan, failures, () => Activity(LocalRanks[0]));
        workers = LocalRanks.ToImmutableSortedDictionary(
            rank => rank, rank => new RankWorker(rank, plan.Ranks[rank].Device.Threads));
        Groups = LocalRanks.ToImmutableSortedDictionary(rank => rank, rank => GroupsOf(plan, rank));
    }

    /// <summary>The ranks of this process.</summary>
    public ImmutableArray<int> LocalRanks { get; }

    /// <summary>For each rank of this process, its doors to its groups, by the groups' index.</summary>
    public ImmutableSortedDictionary<int, ImmutableDictionary<int, GroupDoors>> Groups { get; }

    /// <summary>Makes the state of each rank of this process on its thread.</summary>
    public void Start(Func<int, TState> create) => On(LocalRanks, rank => states[rank].State = create(rank));

    /// <summary>Runs the same program on every rank of this process and returns when all are through.</summary>
    /// <exception cref="RankFailedException">A rank failed: with its number, what it did, and why.</exception>
    public void Run(Action<TState> program) => On(LocalRanks, rank => program(states[rank].State!));

    /// <summary>Runs a program on one rank of this process only.</summary>
    public void RunOn(int rank, Action<TState> program) => On([rank], number => program(states[number].State!));

    public void Dispose()
    {
        foreach (var (rank, worker) in workers)
        {
            var state = states[rank].State;
            worker.Post(() => state?.Dispose());
            worker.Dispose();
        }

        connections.Dispose();
    }

    /// <summary>What a rank of this process is doing; any thread may ask.</summary>
    private RankActivity Activity(int rank) => activity(states[rank].State);

    private void On(ImmutableArray<int> ranks, Action<int> program)
    {
        var failed = 0;
        using var running = new CountdownEvent(ranks.Length);
        foreach (var rank in ranks)
        {
            workers[rank].Post(() =>
            {
                if (!Succeeds(rank, program))
                    Interlocked.Increment(ref failed);
                running.Signal();
            });
        }

        running.Wait();
        // What is raised after the work was done, as a connection's error may be, ends the next piece.
        if (failed > 0 && failures.First is { } failure)
            throw new RankFailedException(failure, Activity(failure.Rank).Action);
    }

    private bool Succeeds(int rank, Action<int> program)
    {
        try
        {
            failures.ThrowIfRaised();
            program(rank);
            return true;
        }
        catch (Exception failure)
        {
            // One that only noticed another's failure comes after it, and changes nothing.
            failures.Raise(new RankFailure(rank, failure));
            return false;
        }
    }

    private ImmutableDictionary<int, GroupDoors> GroupsOf(ExecutionPlan plan, int rank) => plan.Groups
        .Where(group => group.Ranks.Contains(rank))
        .ToImmutableDictionary(group => group.Index, group => connections.Doors(group, rank));

    private sealed class Holder
    {
        public TState? State { get; set; }
    }
}
