using System.Globalization;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// A network of tiny linear layers with activations, trained as any spec is, a replica on each rank: its work is next to
/// nothing, so its time is what the engine, libtorch's calls and autograd's nodes take beside work.
/// </summary>
internal static class TinyNetwork
{
    /// <summary>
    /// The calls of a linear layer and its activation, as the compiler's layers count them: forward one each; backward five, the
    /// products for input and weight, the sum for the bias, and what adds the last two to what is there, and one.
    /// </summary>
    public const int CallsOfLayer = 1 + 1 + 5 + 1;

    private const int Width = 8;

    /// <param name="replicas">The ranks.</param>
    public static string Spec(int replicas, int layers) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        data { source synthetic {{4 * Width * replicas}} seed=1; input [{{Width}}]; target [{{Width}}] }
        model { repeat {{layers}} { linear {{Width}}; relu } }
        train { loss mse; optimizer sgd lr=1e-6; batch {{Width * replicas}}; epochs 1 }
        parallel { data {{replicas}} }
        """);
}
