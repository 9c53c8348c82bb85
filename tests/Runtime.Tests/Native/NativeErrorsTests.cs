using ParDsl.Runtime.Native;
using Xunit;

namespace ParDsl.Runtime.Tests.Native;

public sealed class NativeErrorsTests
{
    [Fact]
    public void A_library_that_is_nowhere_names_every_place()
    {
        var diagnostic = NativeErrors.LibraryNotFound("libtorch_cpu.so", ["/one", "/two"]);
        Assert.Equal("PD5190", diagnostic.Code);
        Assert.Contains("/one, /two", diagnostic.Message, StringComparison.Ordinal);
    }
}
