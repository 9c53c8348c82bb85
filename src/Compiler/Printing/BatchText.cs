using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>How a batch is cut, in one line: <c>128 = 1 micro-batch x 4 data ranks x 32 samples</c>.</summary>
internal static class BatchText
{
    public static string Cut(BatchPlan batch) =>
        $"{batch.GlobalBatch} = {Counted(batch.MicroBatchCount, "micro-batch", "micro-batches")} x "
            + $"{Counted(batch.DataDegree, "data rank", "data ranks")} x {Counted(batch.RankMicroBatch, "sample", "samples")}";

    private static string Counted(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
