using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>The activations of a rank, action by action.</summary>
internal sealed record ActivationCourse(ImmutableArray<ActionBytes> Actions)
{
    public long PeakBytes => Actions.Select(action => action.During).DefaultIfEmpty(0).Max();
}
