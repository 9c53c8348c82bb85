using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Verifying;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Verifying;

/// <summary>Which elements count as moved by rounding, and what is asked of a tensor's weights with them and without.</summary>
public sealed class RoundingElementsTests : IDisposable
{
    private const double Share = 1e-13;
    private const double Rate = 1e-2;
    private const double Tolerance = 1e-9;
    private const double Reach = 0.1;

    private readonly DisposeScope scope;
    private readonly RoundingElements rounding = new(Share);

    public RoundingElementsTests()
    {
        NativeLibraries.Load();
        scope = NewDisposeScope();
    }

    public void Dispose()
    {
        rounding.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void An_element_counts_where_its_gradient_is_rounding_in_every_update_and_is_not_always_zero()
    {
        // A gradient; rounding; rounding once and then a gradient; zero; zero here and rounding on the layout; small, but no
        // rounding.
        rounding.Add(Named(1, 1e-17, 1e-17, 0, 0, 1e-12), Named(1, 3e-17, 1e-17, 0, 1e-18, 1e-12), _ => 1);
        rounding.Add(Named(0, -1e-17, 1e-3, 0, 0, 1e-17), Named(0, 0, 1e-3, 0, 0, 1e-17), _ => 1);
        Assert.Equal([false, true, false, false, true, false], rounding.Of("a")!.data<bool>().ToArray());
        Assert.Equal(2, rounding.Counts()["a"]);
        Assert.DoesNotContain(rounding.Counts().Keys, rounding.IsWhole);
    }

    [Fact]
    public void A_gradient_that_is_exactly_zero_leaves_nothing_loose()
    {
        rounding.Add(Named(0, 0), Named(0, 0), _ => 1);
        Assert.Null(rounding.Of("a"));
        Assert.Empty(rounding.Counts());
        Assert.DoesNotContain(rounding.Counts().Keys, rounding.IsWhole);
    }

    [Fact]
    public void What_counts_as_rounding_is_measured_by_the_floor_and_the_precision()
    {
        rounding.Add(Named(1e-12, 1e-14), Named(1e-12, 1e-14), _ => 100);
        Assert.Equal(["a"], rounding.Counts().Keys.Where(rounding.IsWhole));
        Assert.Equal(100 * Share, rounding.Noise("a"));
        Assert.InRange(RoundingElements.ShareOf(Precision.Float64, 1e-9), 1.1e-13, 1.2e-13);
        Assert.InRange(RoundingElements.ShareOf(Precision.Float32, 1e-3), 6e-5, 6.2e-5);
        Assert.Equal(1e-3, RoundingElements.ShareOf(Precision.BFloat16, 0.5));
        Assert.Equal(1e-4, RoundingElements.ShareOf(Precision.BFloat16, 1e-4));
        Assert.Equal(1e-15, RoundingElements.ShareOf(Precision.Float64, 1e-15));
    }

    /// <summary>The second element is loose. What it has become is no size for the others.</summary>
    [Theory]
    [InlineData(0, 0.09, true)]
    [InlineData(0, 0.11, false)]
    [InlineData(0.9e-11, 0.09, true)]
    [InlineData(1.1e-11, 0, false)]
    [InlineData(1.1e-11, 0.09, false)]
    [InlineData(0, double.NaN, false)]
    [InlineData(double.NaN, 0, false)]
    public void A_loose_element_stays_within_reach_and_the_others_as_near_as_before(double apart, double looseApart, bool passes)
    {
        rounding.Add(Named(1, 1e-17), Named(1, 1e-17), _ => 1);
        var differences = new WeightDifferences(Rate, Tolerance, name => rounding.Of(name) is { } mask ? new(mask, Reach) : null);
        var found = differences.Largest(Named(0, 0.05), Named(apart, 0.05 + looseApart));
        Assert.Equal(passes, found.Relative <= Tolerance);
    }

    private static ImmutableSortedDictionary<string, Tensor> Named(params double[] elements) =>
        ImmutableSortedDictionary<string, Tensor>.Empty.Add("a", tensor(elements, ScalarType.Float64));
}
