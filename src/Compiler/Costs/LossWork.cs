using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Costs;

/// <summary>What the loss and the metrics of one sample take time for.</summary>
internal static class LossWork
{
    /// <summary>
    /// Cross-entropy reads the logits, writes their logarithms and picks the target's; backward it reads those and writes the
    /// logits' gradient. Losses of differences take a few passes of the output.
    /// </summary>
    public static LayerWork Of(string kind, Shape output)
    {
        double count = output.ElementCount;
        return kind == "cross_entropy"
            ? new([OperationWork.Pass(3 * count, count, calls: 6)], [OperationWork.Pass(4 * count, count, calls: 6)])
            : new([OperationWork.Pass(6 * count, calls: 6)], [OperationWork.Pass(4 * count, calls: 4)]);
    }

    /// <summary>The greatest of each row, and how often it is the target.</summary>
    public static OperationWork Metric(Shape output) => OperationWork.Pass(output.ElementCount, calls: 5);
}
