using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using Xunit;

namespace ParDsl.Compiler.Tests.Catalogue;

/// <summary>No gradients lead an optimizer farther in one update than its rule says, and some lead as far.</summary>
public sealed class LongestStepTests
{
    [Theory]
    [InlineData(0.9, 0.999)]
    [InlineData(0.5, 0.9)]
    [InlineData(0.0, 0.99)]
    public void Adams_is_reached_by_gradients_that_grow_and_passed_by_none(double beta1, double beta2)
    {
        var arguments = Arguments(("beta1", beta1), ("beta2", beta2));
        var random = new Random(1);
        for (var update = 1; update <= 20; update++)
        {
            var longest = Rule("adam").Longest(arguments, update, 1);
            Assert.Equal(longest, Rule("adamw").Longest(arguments, update, 1));
            var growing = Enumerable.Range(1, update).Select(past => Math.Pow(beta1 / beta2, update - past));
            Assert.Equal(longest, AdamStep([.. growing], beta1, beta2), 1e-9);
            double[] any = [.. Enumerable.Range(1, update).Select(_ => random.NextDouble() - 0.3)];
            Assert.InRange(AdamStep(any, beta1, beta2), -longest - 1e-9, longest + 1e-9);
        }
    }

    /// <summary>A mean that remembers more than its divisor has no other limit.</summary>
    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void Adams_without_memory_of_squares_is_what_epsilon_leaves_of_the_gradients(string name)
    {
        var arguments = Arguments(("beta1", 0.9), ("beta2", 0.0));
        Assert.Equal(1, Rule(name).Longest(arguments, 1, 1), 1e-9);
        Assert.Equal(1e-16 / 1e-8, Rule(name).Longest(arguments, 5, 1e-16), 1e-15);
        Assert.Equal(1, Rule(name).Longest(Arguments(("beta1", 0.0), ("beta2", 0.0)), 5, 1), 1e-9);
    }

    /// <summary>Decay that is a part of the gradient is as large as the weights are.</summary>
    [Fact]
    public void Adams_has_no_limit_there_where_decay_is_a_part_of_the_gradient() => Assert.Equal(
        double.PositiveInfinity, Rule("adam").Longest(Arguments(("beta1", 0.9), ("beta2", 0.0), ("weight_decay", 0.1)), 5, 1e-16));

    [Fact]
    public void Sgds_is_that_of_its_velocity_after_many_equal_gradients()
    {
        var velocity = 0.0;
        for (var update = 0; update < 1000; update++)
            velocity = (0.9 * velocity) + 1e-16;
        Assert.Equal(1, velocity / Rule("sgd").Longest(Arguments(("momentum", 0.9)), 1000, 1e-16), 1e-9);
    }

    /// <summary>In learning rates, as the paper has it, without its epsilon.</summary>
    private static double AdamStep(double[] gradients, double beta1, double beta2)
    {
        var (mean, square) = (0.0, 0.0);
        foreach (var gradient in gradients)
            (mean, square) = ((beta1 * mean) + ((1 - beta1) * gradient), (beta2 * square) + ((1 - beta2) * gradient * gradient));
        var update = gradients.Length;
        return mean / (1 - Math.Pow(beta1, update)) / Math.Sqrt(square / (1 - Math.Pow(beta2, update)));
    }

    private static OptimizerRule Rule(string name) => OptimizerCatalogue.Rules.Single(rule => rule.Name == name);

    private static CheckedArguments Arguments(params (string Name, double Value)[] values) =>
        new(values.Append(("epsilon", 1e-8)).Append(("weight_decay", 0.0)).DistinctBy(value => value.Item1)
            .ToImmutableSortedDictionary(value => value.Item1, value => (object)value.Item2, StringComparer.Ordinal));
}
