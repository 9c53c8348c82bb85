using System.Collections.Immutable;
using System.Net;

namespace ParDsl.Runtime.Collectives.Jobs;

/// <summary>The variables that PyTorch's <c>init_method="env://"</c> reads: all of them, or none.</summary>
internal static class TorchLaunch
{
    private static readonly ImmutableArray<string> Names = ["RANK", "WORLD_SIZE", "LOCAL_RANK", "MASTER_ADDR", "MASTER_PORT"];

    public static bool IsComplete(JobVariables variables) => Names.All(variables.Has);

    /// <summary>Whether <c>torchrun</c> started it: it listens at MASTER_PORT for PyTorch's own programs.</summary>
    public static bool IsTorchrun(JobVariables variables) => variables.Has("TORCHELASTIC_RUN_ID");

    /// <summary>Null where none of the variables is set.</summary>
    public static JobEnvironment.Torch? Find(JobVariables variables)
    {
        if (!Names.Any(variables.Has))
            return null;
        if (Names.FirstOrDefault(name => !variables.Has(name)) is { } missing)
            throw JobEnvironmentErrors.Missing(missing, Names.First(variables.Has));
        var place = variables.Place("RANK", "WORLD_SIZE")!.Value;
        var localRank = variables.Number("LOCAL_RANK")!.Value;
        if (localRank >= place.Size)
            throw JobEnvironmentErrors.RankOutside("LOCAL_RANK", localRank, "WORLD_SIZE", place.Size);
        return new(place.Rank, place.Size, localRank, variables.Text("MASTER_ADDR")!, Port(variables));
    }

    private static int Port(JobVariables variables)
    {
        var port = variables.Number("MASTER_PORT")!.Value + (HoldsPort(variables) ? 1 : 0);
        return port is > 0 and <= IPEndPoint.MaxPort ? port : throw JobEnvironmentErrors.NoPort(port);
    }

    private static bool HoldsPort(JobVariables variables) =>
        string.Equals(variables.Text("TORCHELASTIC_USE_AGENT_STORE"), "True", StringComparison.OrdinalIgnoreCase);
}
