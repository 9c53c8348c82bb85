namespace ParDsl.Runtime.Data;

/// <summary>A data set in memory. Validation and test are null where there is none.</summary>
public sealed record LoadedDataset(DatasetPart Training, DatasetPart? Validation, DatasetPart? Test);
