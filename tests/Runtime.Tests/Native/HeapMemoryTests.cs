using ParDsl.Runtime.Native;
using Xunit;

namespace ParDsl.Runtime.Tests.Native;

public sealed class HeapMemoryTests
{
    [Fact]
    public void The_heap_takes_every_setting() => Assert.True(HeapMemory.KeepFreed());
}
