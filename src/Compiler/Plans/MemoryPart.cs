using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>A part of what a device holds, as all that shows a plan names it.</summary>
/// <param name="Name">In words.</param>
/// <param name="Key">In JSON, and the class of the style sheet.</param>
internal sealed record MemoryPart(string Name, string Key, Func<MemoryEstimate, long> Bytes)
{
    public static readonly ImmutableArray<MemoryPart> All =
    [
        new("parameters", "parameters", memory => memory.ParameterBytes),
        new("gradients", "gradients", memory => memory.GradientBytes),
        new("float32 masters", "masters", memory => memory.MasterBytes) { IsOfFew = true },
        new("optimizer", "optimizer", memory => memory.OptimizerBytes),
        new("buffers", "buffers", memory => memory.BufferBytes),
        new("batches", "batches", memory => memory.BatchBytes),
        new("whole buckets", "whole_buckets", memory => memory.TransientBytes) { IsOfFew = true },
        new("kept for backward", "activations", memory => memory.ActivationBytes),
        new("workspace", "workspace", memory => memory.WorkspaceBytes),
    ];

    /// <summary>Whether most plans have nothing of it.</summary>
    public bool IsOfFew { get; private init; }
}
