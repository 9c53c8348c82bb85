using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// The ranks of one process, each on its own thread with what it keeps between pieces of work. The first failure of any rank
/// ends the others' waits, and is the one that is told.
/// </summary>
internal sealed class World<TState> : IDisposable
    where TState : class, IDisposable
{
    private readonly FailureSignal failures = new();
    private readonly ImmutableArray<RankWorker> workers;
    private readonly TState?[] states;
    private readonly Func<TState?, string> activity;
    private readonly ImmutableArray<InProcessGroup[]> foreground;
    private readonly ImmutableArray<InProcessGroup[]> background;

    /// <param name="activity">What a rank is doing, in words, for the message where it fails.</param>
    public World(ExecutionPlan plan, Func<TState?, string> activity)
    {
        this.activity = activity;
        states = new TState?[plan.Ranks.Length];
        workers = [.. plan.Ranks.Select(rank => new RankWorker(rank.Rank, rank.Device.Threads))];
        foreground = Doors(plan);
        background = Doors(plan);
        Groups = CreateGroups(plan);
    }

    /// <summary>For each rank, its doors to its groups, by the groups' index.</summary>
    public ImmutableArray<ImmutableDictionary<int, GroupDoors>> Groups { get; }

    /// <summary>Makes each rank's state on its thread.</summary>
    public void Start(Func<int, TState> create) => OnEach(rank => states[rank] = create(rank));

    /// <summary>Runs the same program on every rank and returns when all are through.</summary>
    /// <exception cref="RankFailedException">A rank failed: with its number, what it did, and why.</exception>
    public void Run(Action<TState> program) => OnEach(rank => program(states[rank]!));

    /// <summary>Runs a program on one rank only.</summary>
    public void RunOn(int rank, Action<TState> program) => On([rank], number => program(states[number]!));

    public void Dispose()
    {
        for (var rank = 0; rank < workers.Length; rank++)
        {
            var state = states[rank];
            workers[rank].Post(() => state?.Dispose());
            workers[rank].Dispose();
        }

        foreach (var door in foreground.Concat(background).SelectMany(doors => doors))
            door.Dispose();
    }

    private void OnEach(Action<int> program) => On([.. Enumerable.Range(0, workers.Length)], program);

    private void On(ImmutableArray<int> ranks, Action<int> program)
    {
        using var running = new CountdownEvent(ranks.Length);
        foreach (var rank in ranks)
            workers[rank].Post(() => Guarded(rank, program, running));
        running.Wait();
        if (failures.First is { } failure)
            throw new RankFailedException(failure);
    }

    private void Guarded(int rank, Action<int> program, CountdownEvent running)
    {
        try
        {
            failures.ThrowIfRaised();
            program(rank);
        }
        catch (Exception failure)
        {
            // One that only noticed another's failure comes after it, and changes nothing.
            failures.Raise(new RankFailure(rank, activity(states[rank]), failure));
        }
        finally
        {
            running.Signal();
        }
    }

    private ImmutableArray<ImmutableDictionary<int, GroupDoors>> CreateGroups(ExecutionPlan plan)
    {
        return
        [
            .. plan.Ranks.Select(rank => plan.Groups
                .Where(group => group.Ranks.Contains(rank.Rank))
                .ToImmutableDictionary(group => group.Index, group =>
                {
                    var place = group.Ranks.IndexOf(rank.Rank);
                    return new GroupDoors(foreground[group.Index][place], background[group.Index][place]);
                })),
        ];
    }

    private ImmutableArray<InProcessGroup[]> Doors(ExecutionPlan plan) =>
        [.. plan.Groups.Select(group => InProcessGroup.Create(group.Ranks.Length, plan.Ranks.Length, failures))];
}
