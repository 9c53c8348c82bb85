using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>How tensor ranks share the layers, as a table; null where each rank does whole layers.</summary>
internal static class SplitText
{
    public static string? Of(ExecutionPlan plan) => plan.Tensor.Degree == 1
        ? null
        : $"how the {plan.Tensor.Degree} tensor ranks share the layers\n" + TextTable.Of(
            ["layer", "kind", "split", "a rank's output", "a rank's parameters"],
            [
                .. plan.LocalModel.Layers.Select(layer => (string[])
                [
                    $"{layer.Index} {layer.Name}",
                    layer.Kind,
                    plan.Tensor.Layers[layer.Index].Kind.Words(),
                    layer.Output.ToString(),
                    string.Join(' ', layer.Parameters.Select(parameter => parameter.Shape.ToString())),
                ]),
            ]);
}
