namespace ParDsl.Runtime.Reporting;

/// <summary>What a line of metrics.jsonl is of.</summary>
/// <param name="HasResults">Whether it has an epoch's results too.</param>
internal readonly record struct LoggedUpdate(long Step, bool HasResults);
