using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Runtime.Modules;
using ParDsl.Runtime.Optimization;
using ParDsl.Runtime.Training.Losses;
using ParDsl.Runtime.Training.Metrics;
using Xunit;

namespace ParDsl.Runtime.Tests.Modules;

/// <summary>What the compiler lets through, the engine has: nothing more and nothing less.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void Every_layer_has_its_module() =>
        Assert.Equal(LayerCatalogue.Rules.Select(rule => rule.Name).Concat(CombinationCatalogue.Rules.Select(rule => rule.Name)).Order(StringComparer.Ordinal), ModuleCatalogue.Kinds);

    [Fact]
    public void Every_loss_is_there() => Assert.Equal(LossCatalogue.Rules.Select(rule => rule.Name), LossFactory.Kinds);

    [Fact]
    public void Every_metric_is_there() => Assert.Equal(MetricCatalogue.Rules.Select(rule => rule.Name), MetricFactory.Kinds);

    [Fact]
    public void Every_optimizer_is_there() => Assert.Equal(OptimizerCatalogue.Rules.Select(rule => rule.Name), OptimizerFactory.Kinds);

    [Fact]
    public void Every_schedule_is_there() => Assert.Equal(ScheduleCatalogue.Rules.Select(rule => rule.Name), LearningRateSchedule.Kinds);
}
