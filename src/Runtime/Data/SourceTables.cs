namespace ParDsl.Runtime.Data;

/// <summary>All that a source holds; <c>Test</c> is null where it has no test part of its own.</summary>
internal sealed record SourceTables(SampleTable Training, SampleTable? Test);
