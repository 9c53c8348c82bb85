using ParDsl.Runtime.Randomness;
using Xunit;

namespace ParDsl.Runtime.Tests.Randomness;

public sealed class DropoutMaskTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(7)]
    public void A_rank_draws_exactly_the_bits_of_its_slice(int elements)
    {
        var mask = new DropoutMask(seed: 42, layer: 3, rate: 0.25);
        var (whole, slice) = (new float[10 * elements], new float[4 * elements]);
        mask.Fill(whole, elements, step: 5, firstSample: 20, kept: 1);
        mask.Fill(slice, elements, step: 5, firstSample: 23, kept: 1);
        Assert.Equal(whole[(3 * elements)..(7 * elements)], slice);
    }

    [Theory]
    [InlineData(256, 64, 128)]
    [InlineData(300, 7, 250)]
    [InlineData(300, 70, 9)]
    [InlineData(300, 190, 110)]
    public void A_rank_draws_exactly_the_bits_of_its_run_of_each_sample(int elements, int first, int count)
    {
        var mask = new DropoutMask(seed: 42, layer: 3, rate: 0.25);
        var (whole, runs) = (new float[4 * elements], new float[4 * count]);
        mask.Fill(whole, elements, step: 5, firstSample: 20, kept: 1);
        mask.Fill(runs, count, step: 5, firstSample: 20, kept: 1, firstElement: first);
        var expected = Enumerable.Range(0, 4).SelectMany(sample => whole[((sample * elements) + first)..][..count]);
        Assert.Equal(expected, runs);
    }

    [Fact]
    public void The_share_of_zeros_is_the_rate_and_the_mean_stays_one()
    {
        var values = new float[1_000_000];
        new DropoutMask(seed: 1, layer: 0, rate: 0.3).Fill(values, 1000, step: 1, firstSample: 0, kept: (float)(1 / 0.7));
        Assert.Equal(0.3, values.Count(value => value == 0) / 1e6, 2);
        Assert.Equal(1.0, values.Average(), 2);
        Assert.All(values.Distinct(), value => Assert.True(value is 0 or (float)(1 / 0.7)));
    }

    [Theory]
    [InlineData(42, 3, 6, 0)]
    [InlineData(42, 4, 5, 0)]
    [InlineData(43, 3, 5, 0)]
    [InlineData(42, 3, 5, 1)]
    public void Another_seed_layer_step_or_sample_drops_other_elements(long seed, int layer, long step, long sample)
    {
        var (one, other) = (new float[256], new float[256]);
        new DropoutMask(42, 3, 0.5).Fill(one, 256, step: 5, firstSample: 0, kept: 1);
        new DropoutMask(seed, layer, 0.5).Fill(other, 256, step, sample, kept: 1);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void A_rate_of_zero_keeps_everything()
    {
        var values = new float[100];
        new DropoutMask(42, 0, 0).Fill(values, 100, step: 1, firstSample: 0, kept: 1);
        Assert.All(values, value => Assert.Equal(1f, value));
    }
}
