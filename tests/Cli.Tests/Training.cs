using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>Tests that train run one after the other: they would only wait for each other's cores.</summary>
[CollectionDefinition(Collection)]
public sealed class Training
{
    public const string Collection = "training";
}
