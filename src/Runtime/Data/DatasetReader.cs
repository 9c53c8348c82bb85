using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Data;

public static class DatasetReader
{
    public static LoadedDataset Read(CheckedData data, CheckedTraining training) => throw new NotImplementedException($"{data}{training}");
}
