using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ParDsl.Benchmarks.ByHand;

/// <summary>The GPT of Specs/gpt.pd, as it is written on TorchSharp: tokens [batch, length] to logits [batch, length, vocabulary].</summary>
internal sealed class HandWrittenGpt : Module<Tensor, Tensor>
{
    public const int Vocabulary = 62;
    public const int Length = 64;
    public const int Features = 128;
    private const int Depth = 4;

    private readonly Embedding tokens = Embedding(Vocabulary, Features);
    private readonly Parameter positions = Parameter(randn(Length, Features).mul_(0.02));
    private readonly Dropout dropout = Dropout(0.1);
    private readonly Sequential blocks = Sequential(Enumerable.Range(0, Depth).Select(_ => new HandWrittenBlock(Features)));
    private readonly LayerNorm norm = LayerNorm(Features);

    public HandWrittenGpt()
        : base("gpt")
    {
        init.normal_(tokens.weight!, 0, 0.02);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var value = dropout.call(tokens.call(input).add_(positions));
        return functional.linear(norm.call(blocks.call(value)), tokens.weight!);
    }
}
