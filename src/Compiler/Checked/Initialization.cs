namespace ParDsl.Compiler.Checked;

/// <summary>How a parameter starts. The stream of random numbers is seeded by the run's seed and the parameter's name.</summary>
public abstract record Initialization
{
    private Initialization()
    {
    }

    public sealed record Constant(double Value) : Initialization;

    /// <summary>Uniform in [-Bound, Bound].</summary>
    public sealed record Uniform(double Bound) : Initialization;

    public sealed record Normal(double StandardDeviation) : Initialization;
}
