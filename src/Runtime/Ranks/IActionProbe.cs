using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Ranks;

/// <summary>Is told of every action of a rank, on the rank's thread.</summary>
internal interface IActionProbe
{
    void Before(Rank rank, PlanAction action);

    /// <summary>Not called for an action that failed.</summary>
    void After(Rank rank, PlanAction action)
    {
    }
}
