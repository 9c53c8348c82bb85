namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>What a line's points are.</summary>
public enum CurveKind
{
    /// <summary>One update each: a thin line.</summary>
    Updates,

    /// <summary>Means over the training samples of an epoch each: a line with dots.</summary>
    Training,

    /// <summary>The same over what was kept back for validation.</summary>
    Validation,
}
