using System.Collections.Immutable;

namespace ParDsl.Compiler.Checked;

/// <summary>
/// One layer of the model's graph. The graph is a list in execution order, so blocks (<c>repeat</c>, <c>residual</c>) and
/// <c>def</c>s are already unrolled: a residual is its layers, perhaps one that projects its bypass, and then a layer
/// <c>add</c> with two inputs. What takes several inputs is <c>add</c>, <c>concat</c> or <c>multiply</c>.
/// </summary>
/// <param name="Index">Its position in <see cref="CheckedModel.Layers"/>.</param>
/// <param name="Name">
/// The prefix of its parameters' names: its label, or its position in the enclosing block as in PyTorch's Sequential
/// (<c>0</c>, <c>4.1</c>), unique in the model.
/// </param>
/// <param name="Inputs">
/// The indices of the layers whose values come in, in order; <see cref="ModelInput"/> is the sample itself.
/// </param>
/// <param name="FlopsPerSample">Floating-point operations of one forward pass of one sample; a multiply-add counts 2.</param>
/// <param name="SavedElementsPerSample">How many numbers autograd keeps for the backward pass, for one sample.</param>
public sealed record CheckedLayer(
    int Index,
    string Name,
    string Kind,
    CheckedArguments Arguments,
    ImmutableArray<int> Inputs,
    ImmutableArray<Shape> InputShapes,
    Shape Output,
    ImmutableArray<CheckedParameter> Parameters,
    ImmutableArray<CheckedBuffer> Buffers,
    long FlopsPerSample,
    long SavedElementsPerSample,
    SourcePlace Place)
{
    /// <summary>The index that stands for the model's input in <see cref="Inputs"/>.</summary>
    public const int ModelInput = -1;

    /// <summary>The parameters that it uses and an earlier layer owns; <see cref="Parameters"/> holds only its own.</summary>
    public ImmutableArray<SharedParameter> Shared { get; init; } = [];

    /// <summary>What autograd keeps beside <see cref="SavedElementsPerSample"/>: whole numbers, an int64 each.</summary>
    public long SavedIndicesPerSample { get; init; }

    /// <summary>All that autograd keeps of one sample.</summary>
    public long SavedBytesPerSample(Precision precision) =>
        checked((SavedElementsPerSample * precision.ElementBytes()) + (SavedIndicesPerSample * sizeof(long)));

    public long ParameterCount => Parameters.Sum(parameter => parameter.Shape.ElementCount);
}
