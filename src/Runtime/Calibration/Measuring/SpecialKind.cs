namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>The costly functions of a number that layers use.</summary>
internal enum SpecialKind
{
    /// <summary>Of softmax and its kin.</summary>
    Exponential,

    /// <summary>Of GELU.</summary>
    ErrorFunction,

    /// <summary>Of dropout.</summary>
    RandomNumber,
}
