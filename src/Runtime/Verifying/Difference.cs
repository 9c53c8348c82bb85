namespace ParDsl.Runtime.Verifying;

/// <summary>How far two trainings are apart in one kind of number, at the place where they are farthest.</summary>
/// <param name="Relative">The difference over the scale of what is compared; infinite where one is no number.</param>
/// <param name="Place">The parameter, or the step: <c>fc2.weight</c>, <c>step 3</c>; empty where nothing differs.</param>
public sealed record Difference(double Relative, string Place)
{
    public static readonly Difference None = new(0, "");

    /// <summary>A difference of this size; a comparison with what is no number must not pass.</summary>
    /// <param name="difference">What the two are apart.</param>
    /// <param name="scale">What counts as the size of the thing.</param>
    internal static Difference Of(double difference, double scale, string place)
    {
        if (!double.IsFinite(difference))
            return new(double.PositiveInfinity, place);
        return difference == 0 ? None : new(difference / scale, place);
    }

    internal Difference Or(Difference other) => other.Relative > Relative ? other : this;
}
