using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// Lets ranks do the actions of their lists in order, each as long as it takes there, until all are through: a message is
/// there when it has travelled, a collective begins when the last of its ranks has come. So idle stages, overlap and
/// stragglers come out of the lists that run.
/// </summary>
internal sealed class StepSimulation
{
    private readonly ImmutableArray<RankCourse> courses;
    private readonly SharedCores cores;

    public StepSimulation(StepOutline outline, HardwarePerformance performance)
    {
        var traffic = new StepTraffic(outline);
        courses =
        [
            .. outline.Ranks.Select(rank =>
                new RankCourse(new RankClock(rank, new ActionTimes(outline, rank, performance)), traffic)),
        ];
        cores = new SharedCores(outline, performance);
    }

    /// <summary>How long the step has taken: until the last rank is through.</summary>
    public double Seconds => courses.Max(course => course.Clock.Now);

    /// <summary>Each rank's actions with their times, for a plan that comes to its end.</summary>
    public ImmutableArray<ImmutableArray<PredictedAction>> Run()
    {
        if (cores.AreShared)
            new SharedCoresRun(courses, cores).Run();
        else
            RunAlone();
        return courses.All(course => course.Demand is null)
            ? [.. courses.Select(course => course.Clock.Done)]
            : throw new InvalidOperationException("A plan whose ranks wait for ever has no time.");
    }

    /// <summary>Where no rank is slower or faster for what others do, each goes on by itself as far as it comes.</summary>
    private void RunAlone()
    {
        bool moved;
        do
        {
            moved = false;
            foreach (var course in courses)
                moved |= Advance(course);
        }
        while (moved);
    }

    private static bool Advance(RankCourse course)
    {
        var moved = false;
        while (course.Demand is { } demand)
        {
            switch (demand)
            {
                case RankDemand.Work work:
                    course.Clock.Spend(work.Action, work.Kind, work.Seconds);
                    break;
                case RankDemand.Moment moment when moment.Known() is { } time:
                    course.Clock.WaitUntil(moment.Action, time);
                    break;
                default:
                    return moved;
            }

            course.Next();
            moved = true;
        }

        return moved;
    }
}
