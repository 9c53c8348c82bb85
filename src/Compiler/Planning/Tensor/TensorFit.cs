using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Tensor;

/// <summary>Whether tensor ranks can share the model, and what the user should know of how they do.</summary>
internal static class TensorFit
{
    public static Diagnostic? Mistake(CheckedProgram program, int degree)
    {
        if (program.Parallel.Tensor is not { } request || degree == 1)
            return null;
        var uneven = program.Model.Layers.FirstOrDefault(
            layer => layer.Kind == "attention" && layer.Arguments.Integer("heads") % degree != 0);
        if (uneven is not null)
            return TensorErrors.HeadsDoNotDivide(
                request, degree, program.Model, uneven, request.DividesSequence ? SequenceSplit.LengthOf(program.Model) : null);
        var isShared = TensorSplit.Of(Alone(program, request), degree).Layers.Any(split => split.Kind != SplitKind.Whole);
        if (request.DividesSequence)
            return SequenceMistake(program, request, degree, isShared);
        return isShared ? null : TensorErrors.NothingToShare(request, degree);
    }

    /// <param name="isShared">Whether the ranks can share layers without dividing the sequence.</param>
    private static Diagnostic? SequenceMistake(CheckedProgram program, TensorRequest request, int degree, bool isShared)
    {
        if (SequenceSplit.LengthOf(program.Model) is { } length && length % degree != 0)
            return TensorErrors.PlacesDoNotDivide(request, degree, program.Model, length, isShared);
        if (TensorSplit.Of(program, degree).Layers.Any(split => split.DividesSequence))
            return null;
        return isShared ? TensorErrors.NoSequence(request, degree, program.Model) : TensorErrors.NothingToShare(request, degree);
    }

    private static CheckedProgram Alone(CheckedProgram program, TensorRequest request) =>
        program with { Parallel = program.Parallel with { Tensor = request with { DividesSequence = false } } };

    /// <summary>The layers with weights that every tensor rank holds and does whole.</summary>
    public static IEnumerable<string> Notes(CheckedModel model, TensorPlan tensor)
    {
        var whole = model.Layers
            .Where(layer => layer.Kind is "linear" or "conv2d" or "embedding" && tensor.Layers[layer.Index].Kind == SplitKind.Whole)
            .Select(layer => layer.Name)
            .ToArray();
        if (tensor.Degree > 1 && whole.Length > 0)
            yield return $"every tensor rank does {Wording.And(whole)} whole: "
                + $"what they give is not a multiple of {tensor.Degree}, or is needed whole";
    }
}
