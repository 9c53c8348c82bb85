using ParDsl.Compiler.Plans;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>Gives a run of the elements of what a rank has of a parameter.</summary>
/// <param name="start">Where the run starts in the parameter, or in the rank's slice of it.</param>
/// <returns>[count], the caller's to dispose of; null where there are none.</returns>
internal delegate Tensor? PlacedElements(PlacedParameter placed, long start, long count);
