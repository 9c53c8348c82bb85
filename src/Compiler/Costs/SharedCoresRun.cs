using System.Collections.Immutable;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// A simulated step of ranks that share cores. How fast each is depends on who else works, so all go on together from one end of
/// something to the next: processor sharing (Kleinrock 1967).
/// </summary>
internal sealed class SharedCoresRun
{
    private readonly ImmutableArray<RankCourse> courses;
    private readonly SharedCores cores;

    /// <summary>What is left of each rank's work, in seconds while all ranks work.</summary>
    private readonly double[] left;

    /// <summary>Until when each rank waits, as far as that is known.</summary>
    private readonly double?[] moments;
    private double now;

    public SharedCoresRun(ImmutableArray<RankCourse> courses, SharedCores cores)
    {
        (this.courses, this.cores) = (courses, cores);
        (left, moments) = (new double[courses.Length], new double?[courses.Length]);
    }

    private IEnumerable<int> Places => Enumerable.Range(0, courses.Length);

    /// <summary>Until all are through, or wait for what does not come.</summary>
    public void Run()
    {
        foreach (var place in Places)
            Begin(place);
        do
        {
            while (Places.Any(TryPass))
                continue;
        }
        while (GoOn());
    }

    private void Begin(int place)
    {
        left[place] = courses[place].Demand is RankDemand.Work work ? work.Seconds : 0;
        moments[place] = null;
    }

    private bool TryPass(int place)
    {
        var course = courses[place];
        switch (course.Demand)
        {
            case RankDemand.Work work when left[place] <= 0:
                course.Clock.Spend(work.Action, work.Kind, now - course.Clock.Now);
                break;
            case RankDemand.Moment moment when (moments[place] ??= moment.Known()) <= now:
                course.Clock.WaitUntil(moment.Action, now);
                break;
            default:
                return false;
        }

        course.Next();
        Begin(place);
        return true;
    }

    /// <summary>Lets time pass until the first rank is through with its work or has what it waits for; false where none is to be.</summary>
    private bool GoOn()
    {
        var speeds = Places.Select(place => cores.Speed(place, Works)).ToImmutableArray();
        var ends = Places.Select(End).ToImmutableArray();
        var next = ends.Min();
        if (double.IsPositiveInfinity(next))
            return false;
        foreach (var place in Places.Where(Works).ToArray())
            left[place] = ends[place] <= next ? 0 : left[place] - ((next - now) * speeds[place]);
        now = next;
        return true;

        double End(int place) => Works(place) ? now + (left[place] / speeds[place]) : moments[place] ?? double.PositiveInfinity;
    }

    private bool Works(int place) => left[place] > 0;
}
