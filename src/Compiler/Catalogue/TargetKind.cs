namespace ParDsl.Compiler.Catalogue;

/// <summary>What a loss or metric compares the model's output with.</summary>
public enum TargetKind
{
    /// <summary>One of so many classes: <c>target class 10</c>.</summary>
    Class,

    /// <summary>Numbers: <c>target [2]</c>.</summary>
    Values,
}
