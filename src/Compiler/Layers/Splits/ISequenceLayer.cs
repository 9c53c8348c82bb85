using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Layers.Splits;

/// <summary>
/// A layer that makes each place of a sequence from the same place of what comes in: tensor ranks can take places apart
/// (Korthikanti et al. 2022).
/// </summary>
public interface ISequenceLayer
{
    /// <summary>The layer at a rank's places of [length, features]; null where these arguments mix places.</summary>
    SplitOffer? OfPlaces(CheckedLayer layer, int degree);
}
