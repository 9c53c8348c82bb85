using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Engines;

/// <summary>A plan's groups, as the ranks of this process see them.</summary>
public interface IConnections : IDisposable
{
    /// <param name="rank">One of this process's, and of the group's.</param>
    GroupDoors Doors(GroupPlan group, int rank);
}
