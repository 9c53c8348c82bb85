using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Randomness;
using Xunit;

namespace ParDsl.Runtime.Tests.Randomness;

public sealed class ParameterInitializerTests
{
    [Fact]
    public void Uniform_values_fill_the_bounds_evenly()
    {
        var values = Values("fc.weight", new Initialization.Uniform(0.5));
        Assert.InRange(values.Min(), -0.5, -0.4999);
        Assert.InRange(values.Max(), 0.4999, 0.5);
        Assert.Equal(0, values.Average(), 2);
        Assert.Equal(0.25 / 3, values.Average(value => value * value), 2);
    }

    [Fact]
    public void Normal_values_have_the_asked_deviation()
    {
        var values = Values("fc.weight", new Initialization.Normal(0.02));
        Assert.Equal(0, values.Average(), 3);
        Assert.Equal(0.02, Math.Sqrt(values.Average(value => value * value)), 3);
        Assert.All(values, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void The_values_depend_on_the_seed_and_the_name_alone()
    {
        var rule = new Initialization.Uniform(1);
        Assert.Equal(Values("a.weight", rule), Values("a.weight", rule));
        Assert.NotEqual(Values("a.weight", rule), Values("b.weight", rule));
        Assert.NotEqual(Values("a.weight", rule), Values("a.weight", rule, seed: 2));
    }

    [Fact]
    public void A_constant_is_that_constant() =>
        Assert.All(Values("norm.weight", new Initialization.Constant(1)), value => Assert.Equal(1.0, value));

    private static double[] Values(string name, Initialization rule, long seed = 1) =>
        ParameterInitializer.Values(new CheckedParameter(name, Shape.Of(99, 1001), rule), seed);
}
