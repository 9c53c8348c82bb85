using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Ranks;

/// <summary>Is told of every action of a rank before it is done, on the rank's thread.</summary>
internal interface IActionProbe
{
    void Before(Rank rank, PlanAction action);
}
