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
            return TensorErrors.HeadsDoNotDivide(request, degree, uneven);
        return TensorSplit.Of(program, degree).Layers.All(split => split.Kind == SplitKind.Whole)
            ? TensorErrors.NothingToShare(request, degree)
            : null;
    }

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
