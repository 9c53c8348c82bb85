using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>How tensor ranks share the layers, as a table.</summary>
internal static class SplitText
{
    public static readonly string[] Header = ["layer", "kind", "split", "a rank's output", "a rank's parameters"];

    public static string Title(ExecutionPlan plan) => $"how the {plan.Tensor.Degree} tensor ranks share the layers";

    /// <summary>Null where each rank does whole layers.</summary>
    public static IEnumerable<string[]>? Rows(ExecutionPlan plan) => plan.Tensor.Degree == 1
        ? null
        : plan.LocalModel.Layers.Select(layer => (string[])
        [
            $"{layer.Index} {layer.Name}",
            layer.Kind,
            plan.Tensor.Layers[layer.Index].Kind.Words(),
            layer.Output.ToString(),
            string.Join(' ', layer.Parameters.Select(parameter => parameter.Shape.ToString())),
        ]);
}
