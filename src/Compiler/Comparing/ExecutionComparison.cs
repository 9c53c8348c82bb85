using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing;

namespace ParDsl.Compiler.Comparing;

/// <summary>What two plans do differently: where, in which pieces, with how much memory, moving what, in which time.</summary>
internal static class ExecutionComparison
{
    public static ImmutableArray<Difference> Of(ExecutionPlan before, ExecutionPlan after) =>
        FactComparison.Of(Facts(before), Facts(after));

    private static IEnumerable<(string Name, string Text)> Facts(ExecutionPlan plan) =>
        [.. Layout(plan), .. Memory(plan), .. Traffic(plan), .. Time(plan)];

    private static IEnumerable<(string Name, string Text)> Layout(ExecutionPlan plan)
    {
        yield return ("layout", plan.Strategy);
        yield return ("hardware", plan.Hardware.Name);
        yield return ("ranks", Wording.Number(plan.Ranks.Length));
        yield return ("engine", plan.Ranks.Length == 1 ? "" : plan.Engine.Name);
        yield return ("batch in pieces", BatchText.Cut(plan.Batch));
        yield return ("shard", plan.Shard == ShardLevel.None ? "" : plan.Shard.Words());
        yield return ("gradient buckets", Buckets(plan));
        yield return ("schedule of stages", Schedule(plan));
        yield return ("stages begin with", Stages(plan));
        yield return ("recompute", plan.Program.Parallel.Recompute switch
        {
            { IsAll: true } => "all",
            { Every: > 0 } request => $"every={Wording.Number(request.Every)}",
            _ => "",
        });
        yield return ("replicas compared", plan.Ranks.All(rank => rank.Compare.IsEmpty)
            ? ""
            : $"every {plan.Program.Parallel.CheckReplicasEvery}");
    }

    /// <summary>"4 of 512 KiB to 1.1 MiB", of the rank that has most; nothing where none are moved.</summary>
    private static string Buckets(ExecutionPlan plan)
    {
        var elementBytes = plan.Program.Training.Precision.ElementBytes();
        var bytes = plan.Ranks.MaxBy(rank => rank.Buckets.Length)!.Buckets.Select(bucket => bucket.ElementCount * elementBytes).ToArray();
        if (plan.Batch.DataDegree == 1 || bytes.Length == 0)
            return "";
        var (least, most) = (ByteText.Of(bytes.Min()), ByteText.Of(bytes.Max()));
        return $"{Wording.Number(bytes.Length)} of {(least == most ? most : $"{least} to {most}")}";
    }

    /// <summary>The names of the layers that the stages but the first begin with.</summary>
    private static string Stages(ExecutionPlan plan)
    {
        var firsts = plan.Ranks
            .SelectMany(rank => rank.Segments)
            .GroupBy(segment => segment.Stage)
            .OrderBy(stage => stage.Key)
            .Select(stage => plan.Program.Model.Layers[stage.Min(segment => segment.FirstLayer)].Name);
        return string.Join(", ", firsts.Skip(1));
    }

    private static string Schedule(ExecutionPlan plan) =>
        plan.Program.Parallel.Pipeline is { } pipeline && plan.Mesh.Degree(MeshAxis.Pipeline) > 1
            ? pipeline.Schedule.Words() + (pipeline.Chunks > 1 ? $" chunks={Wording.Number(pipeline.Chunks)}" : "")
            : "";

    /// <summary>Of the rank that needs most.</summary>
    private static IEnumerable<(string Name, string Text)> Memory(ExecutionPlan plan)
    {
        var memory = plan.Ranks.MaxBy(rank => rank.Memory.TotalBytes)!.Memory;
        yield return ("memory of the fullest rank", ByteText.Of(memory.TotalBytes));
        foreach (var part in MemoryPart.All)
            yield return ($"  {part.Name}", ByteText.Of(part.Bytes(memory)));
    }

    private static IEnumerable<(string Name, string Text)> Traffic(ExecutionPlan plan) =>
    [
        ("moved in an update, by all ranks", ByteText.Of(UpdateTraffic.Total(plan))),
        .. UpdateTraffic.ByKind(plan).Select(kind => ($"  {kind.Key}", ByteText.Of(kind.Value))),
    ];

    private static IEnumerable<(string Name, string Text)> Time(ExecutionPlan plan)
    {
        if (plan.Prediction is not { } prediction)
            yield break;
        yield return ("predicted time of an update", SecondsText.Of(prediction.Seconds));
        yield return ("  mostly", prediction.Binding);
        yield return ("  samples a second", Wording.Number((long)Math.Round(plan.Batch.GlobalBatch / prediction.Seconds)));
    }
}
