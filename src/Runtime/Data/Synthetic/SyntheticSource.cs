using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Compiler;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;

namespace ParDsl.Runtime.Data.Synthetic;

/// <summary>Samples that no file holds, in the shapes that the spec states.</summary>
internal sealed class SyntheticSource : IDatasetSource
{
    public StageResult<DatasetDescription> Describe(DatasetRequest request)
    {
        if (request.StatedInput is not { } input || request.Target is not { } target)
            throw new UnreachableException("a request for synthetic data states its input and target");
        var count = request.Source.Arguments.Integer("count");
        CheckSize(request, count, input.Sizes);
        CheckSize(request, count, target is CheckedTarget.Values { Shape: var shape } ? shape.Sizes : [OutputCount(target)]);
        var values = target is CheckedTarget.Values ? OutputCount(target) : 1;
        return new StageResult<DatasetDescription>(new DatasetDescription(input, values, count, 0), []);
    }

    public StageResult<SourceTables> Read(DatasetRequest request)
    {
        var described = Describe(request);
        if (described.Value is not { } description || request.Target is not { } target)
            return new StageResult<SourceTables>(null, described.Diagnostics);
        var width = (int)description.Input.ElementCount;
        var count = (int)(description.TrainingCount ?? 0);
        var table = new SyntheticTable(count, width, (int)OutputCount(target), request.Source.Arguments.Integer("seed"));
        return new StageResult<SourceTables>(new SourceTables(table.Make(target), null), []);
    }

    /// <summary>What the teacher gives for a sample: one number a class, or one a value.</summary>
    private static long OutputCount(CheckedTarget target) => target switch
    {
        CheckedTarget.Class classes => classes.Count,
        CheckedTarget.Values values => values.Shape.ElementCount,
        _ => throw new UnreachableException("a target is classes or values"),
    };

    // In floating point: the product may be beyond 64 bits.
    private static void CheckSize(DatasetRequest request, long count, ImmutableArray<long> sizes)
    {
        var numbers = sizes.Aggregate((double)count, (product, size) => product * size);
        if (numbers > Array.MaxLength)
            throw new RunFailedException(DataErrors.TooLarge(request.SourceSpan, "synthetic", numbers));
    }
}
