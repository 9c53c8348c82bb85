using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>The activations of a rank.</summary>
/// <param name="Actions">By the number of the action.</param>
/// <param name="Passes">Within a pass, by its segment.</param>
/// <param name="WaitingMessageBytes">Of what was sent and not taken yet, which is in all of them.</param>
internal sealed record ActivationCourse(ImmutableArray<ActionBytes> Actions, ImmutableArray<PassBytes> Passes, long WaitingMessageBytes)
{
    public long PeakBytes => Actions.Select(action => action.During).DefaultIfEmpty(0).Max();
}
