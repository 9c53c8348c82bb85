using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>A part of what a device holds.</summary>
/// <param name="Class">The class of the style sheet.</param>
internal sealed record MemoryPart(string Name, string Class, Func<MemoryEstimate, long> Bytes)
{
    public static readonly ImmutableArray<MemoryPart> All =
    [
        new("parameters", "parameters", memory => memory.ParameterBytes),
        new("gradients", "gradients", memory => memory.GradientBytes),
        new("float32 masters", "masters", memory => memory.MasterBytes),
        new("optimizer", "optimizer", memory => memory.OptimizerBytes),
        new("buffers", "buffers", memory => memory.BufferBytes),
        new("batches", "batches", memory => memory.BatchBytes),
        new("whole buckets", "transient", memory => memory.TransientBytes),
        new("kept for backward", "activations", memory => memory.ActivationBytes),
        new("workspace", "workspace", memory => memory.WorkspaceBytes),
    ];
}
