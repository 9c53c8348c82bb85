using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Layers;

/// <summary>What a layer is here, or why it cannot be.</summary>
public abstract record LayerOutcome
{
    private LayerOutcome()
    {
    }

    /// <summary>See <see cref="CheckedLayer"/> for the units.</summary>
    public sealed record Facts(
        Shape Output,
        ImmutableArray<CheckedParameter> Parameters,
        ImmutableArray<CheckedBuffer> Buffers,
        long FlopsPerSample,
        long SavedElementsPerSample) : LayerOutcome
    {
        public ImmutableArray<SharedParameter> Shared { get; init; } = [];

        public long SavedIndicesPerSample { get; init; }
    }

    public sealed record Mistake(Diagnostic Diagnostic) : LayerOutcome;
}
