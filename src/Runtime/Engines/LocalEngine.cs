using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives.Nccl;

namespace ParDsl.Runtime.Engines;

/// <summary>The engine of a plan whose ranks are all threads of this process.</summary>
public static class LocalEngine
{
    /// <exception cref="RunFailedException">The plan wants NCCL, and it is not as it should be.</exception>
    public static IEngine Of(ExecutionPlan plan) =>
        plan.Engine.Kind == EngineKind.Nccl ? new NcclThreadEngine(NcclLibrary.Find()) : ThreadEngine.Instance;
}
