namespace ParDsl.Compiler.Checked;

/// <summary>What the elements of a model's value are.</summary>
public abstract record ValueKind
{
    /// <summary>Real numbers, in the training's precision: what every layer gives.</summary>
    public static readonly ValueKind Numbers = new Reals();

    private ValueKind()
    {
    }

    public sealed record Reals : ValueKind;

    /// <summary>Whole numbers from 0 to below <c>Vocabulary</c>, as int64: what a text holds, and an embedding looks up.</summary>
    public sealed record Tokens(long Vocabulary) : ValueKind;
}
