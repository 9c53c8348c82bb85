using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>The parallel block with every default written out.</summary>
internal static class ParallelRequestPrinter
{
    private const string Left = "(what is left of the devices)";

    public static IEnumerable<string> Lines(ParallelRequest request)
    {
        if (request.IsAuto)
        {
            yield return "auto";
            yield break;
        }

        if (request.Data is { } data)
        {
            yield return $"data {Degree(data.Degree)} bucket={Bucket(data.BucketBytes)}";
            yield return $"shard {data.Shard.Words()}";
        }

        if (request.Pipeline is { } pipeline)
            yield return Pipeline(pipeline);
        if (request.Tensor is { } tensor)
            yield return $"tensor {Degree(tensor.Degree)} sequence={(tensor.DividesSequence ? "true" : "false")}";
        if (request.Nodes is { } nodes)
            yield return $"nodes {Wording.Number(nodes.Count)}";
        if (request.Recompute.IsWanted)
            yield return request.Recompute.IsAll ? "recompute all" : $"recompute every={request.Recompute.Every}";
        if (request.CheckReplicasEvery.Length > 0)
            yield return $"check_replicas every={request.CheckReplicasEvery}";
    }

    private static string Pipeline(PipelineRequest pipeline) =>
        $"pipeline {Degree(pipeline.Degree)} "
            + $"microbatches={(pipeline.MicroBatches == 0 ? "(one a stage, or as accumulate says)" : pipeline.MicroBatches)} "
            + $"schedule={pipeline.Schedule.Words()} chunks={pipeline.Chunks} "
            + $"at={(pipeline.Cuts.IsEmpty ? "(balanced by cost)" : ArgumentValueText.Write(pipeline.Cuts))}";

    private static string Degree(long degree) => degree == 0 ? Left : Wording.Number(degree);

    private static string Bucket(long bytes) => bytes == 0 ? "(as the planner chooses)" : ByteText.Of(bytes);
}
