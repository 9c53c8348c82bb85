namespace ParDsl.Compiler.Plans;

/// <summary>How the tensor ranks share a layer's work (Shoeybi et al. 2019, Megatron-LM).</summary>
public enum SplitKind
{
    /// <summary>Each does all of it, and they get the same bits.</summary>
    Whole,

    /// <summary>Each does its part of what comes in, and hands its part on.</summary>
    Kept,

    /// <summary>Whole values come in; each makes its part of the outputs. Backward sums the input's gradient.</summary>
    Column,

    /// <summary>Each has its part of the inputs; the outputs are summed over the ranks.</summary>
    Row,

    /// <summary>Each does its heads of an attention; outputs and the input's gradient are summed.</summary>
    Heads,

    /// <summary>Each has the rows of its tokens; the outputs are summed.</summary>
    Vocabulary,

    /// <summary>Each does its places of the sequence, with all of the weights: it has a part of their gradients.</summary>
    Sequence,
}

public static class SplitFacts
{
    public static string Words(this SplitKind kind) => kind switch
    {
        SplitKind.Whole => "whole",
        SplitKind.Kept => "kept",
        SplitKind.Column => "by columns",
        SplitKind.Row => "by rows",
        SplitKind.Heads => "by heads",
        SplitKind.Vocabulary => "by vocabulary",
        SplitKind.Sequence => "by sequence",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Whether the ranks' outputs are summed in the forward pass.</summary>
    public static bool SumsOutput(this SplitKind kind) => kind is SplitKind.Row or SplitKind.Heads or SplitKind.Vocabulary;

    /// <summary>Whether whole values go to parts of the layer: the ranks' gradients of the input are summed.</summary>
    public static bool SumsInputGradient(this SplitKind kind) => kind is SplitKind.Column or SplitKind.Heads;
}
