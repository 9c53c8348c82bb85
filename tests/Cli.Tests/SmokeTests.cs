using Xunit;

namespace ParDsl.Cli.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void One() => Assert.Equal(2, 1 + 1);
}
