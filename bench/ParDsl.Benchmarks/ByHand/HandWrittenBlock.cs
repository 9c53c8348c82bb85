using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ParDsl.Benchmarks.ByHand;

/// <summary>One block of the GPT, attention by libtorch's fused kernel: [batch, length, features], kept.</summary>
internal sealed class HandWrittenBlock : Module<Tensor, Tensor>
{
    private const int Heads = 4;

    private readonly LayerNorm firstNorm;
    private readonly LayerNorm secondNorm;
    private readonly Linear combined;
    private readonly Linear joined;
    private readonly Linear wide;
    private readonly Linear narrow;
    private readonly Dropout dropout = Dropout(0.1);

    public HandWrittenBlock(int features)
        : base("block")
    {
        (firstNorm, secondNorm) = (LayerNorm(features), LayerNorm(features));
        (combined, joined) = (Linear(features, 3 * features), Linear(features, features));
        (wide, narrow) = (Linear(features, 4 * features), Linear(4 * features, features));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var value = input.add(dropout.call(Attend(firstNorm.call(input))));
        var hidden = functional.gelu(wide.call(secondNorm.call(value)));
        return value.add(dropout.call(narrow.call(hidden)));
    }

    private Tensor Attend(Tensor input)
    {
        var (batch, length, features) = (input.shape[0], input.shape[1], input.shape[2]);
        var parts = combined.call(input).view(batch, length, 3, Heads, features / Heads).permute(2, 0, 3, 1, 4).unbind(0);
        var attended = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: true);
        return joined.call(attended.transpose(1, 2).reshape(batch, length, features));
    }
}
