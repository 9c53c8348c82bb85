using Xunit;

namespace ParDsl.Runtime.Tests;

/// <summary>TorchSharp counts the tensors of the whole process: tests that compare counts run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TensorCountingTests
{
    public const string Name = "tests that count tensors";
}
