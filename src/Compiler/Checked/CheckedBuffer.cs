namespace ParDsl.Compiler.Checked;

/// <summary>
/// A tensor that a layer keeps but does not learn by gradient (batch norm's running statistics). Its name is PyTorch's.
/// </summary>
/// <param name="IsInteger">Whether it counts (int64, <c>num_batches_tracked</c>) rather than measures.</param>
public sealed record CheckedBuffer(string Name, Shape Shape, double InitialValue, bool IsInteger);
