using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// Nothing is used before it is there: a pass forward needs the micro-batch's values, a pass backward the gradients of all
/// that read what it made, and only what is computed is sent.
/// </summary>
internal static class FlowLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan, ImmutableArray<RankPlan> ranks) => ranks.SelectMany(rank =>
        (Diagnostic[])[.. new Walk(plan, rank).Through(rank.Update), .. new Walk(plan, rank).Through(rank.Evaluate)]);

    /// <summary>One rank's way through a list of actions, with what is there so far.</summary>
    private sealed class Walk(ExecutionPlan plan, RankPlan rank)
    {
        private readonly HashSet<(int MicroBatch, int Value)> values = [];
        private readonly HashSet<(int MicroBatch, int Value, int Reader)> gradients = [];
        private readonly HashSet<(int MicroBatch, int Segment)> backward = [];

        /// <summary>Which of a rank's segments take each value's gradient further back, by the value.</summary>
        private readonly ILookup<int, int> readers = Readers(rank);

        /// <summary>And which of the pipeline's other ranks do, that hold the model's other stages.</summary>
        private readonly ILookup<int, int> others = (plan.GroupOf(rank.Rank, MeshAxis.Pipeline)?.Ranks ?? [])
            .Where(other => other != rank.Rank)
            .SelectMany(other => Readers(plan.Ranks[other]).Select(value => (Value: value.Key, Rank: other)))
            .ToLookup(pair => pair.Value, pair => pair.Rank);

        /// <summary>The first mistake of a list is enough: those after it may follow from it.</summary>
        public IEnumerable<Diagnostic> Through(ImmutableArray<PlanAction> actions)
        {
            foreach (var action in actions)
            {
                if (Missing(action) is { } missing)
                    return [ConsistencyErrors.UsedBeforeThere(plan, rank, action, missing)];
                Note(action);
            }

            return [];
        }

        /// <summary>What an action needs and is not there, in words; null where all is.</summary>
        private string? Missing(PlanAction action) => action switch
        {
            PlanAction.Forward forward => MissingInput(forward.MicroBatch, Segment(forward.Segment)),
            PlanAction.Recompute again => MissingInput(again.MicroBatch, Segment(again.Segment)),
            PlanAction.Backward pass => MissingGradient(pass.MicroBatch, Segment(pass.Segment)),
            PlanAction.InputGradient pass => MissingGradient(pass.MicroBatch, Segment(pass.Segment)),
            PlanAction.SendValue send => values.Contains((send.MicroBatch, send.Value)) ? null : $"value {send.Value}",
            PlanAction.SendGradient send => IsWhole(send.MicroBatch, send.Value) ? null : $"gradient {send.Value}",
            _ => null,
        };

        private void Note(PlanAction action)
        {
            switch (action)
            {
                case PlanAction.Load load: values.Add((load.MicroBatch, CheckedLayer.ModelInput)); break;
                case PlanAction.ReceiveValue receive: values.Add((receive.MicroBatch, receive.Value)); break;
                case PlanAction.ReceiveGradient receive:
                    gradients.Add((receive.MicroBatch, receive.Value, receive.Peer));
                    break;
                case PlanAction.Forward forward:
                    values.UnionWith(Outputs(forward.Segment).Select(value => (forward.MicroBatch, value)));
                    break;
                case PlanAction.Backward pass: backward.Add((pass.MicroBatch, pass.Segment)); break;
                case PlanAction.InputGradient pass: backward.Add((pass.MicroBatch, pass.Segment)); break;
            }
        }

        private string? MissingInput(int microBatch, SegmentPlan? segment)
        {
            if (segment is null)
                return null;
            var missing = segment.Inputs.Where(value => !values.Contains((microBatch, value))).ToArray();
            if (missing.Length > 0)
                return missing[0] == CheckedLayer.ModelInput ? "the sample" : $"value {missing[0]}";
            var needsTarget = segment.Holds(plan.Program.Model.Layers.Length - 1);
            return needsTarget && !values.Contains((microBatch, CheckedLayer.ModelInput)) ? "the target" : null;
        }

        private string? MissingGradient(int microBatch, SegmentPlan? segment)
        {
            foreach (var value in segment?.Outputs ?? [])
            {
                var isFromAll = others[value].All(other => gradients.Contains((microBatch, value, other)));
                if (!isFromAll || !IsWhole(microBatch, value))
                    return $"gradient {value}";
            }

            return null;
        }

        /// <summary>Whether this rank's own readers of a value have all gone backward.</summary>
        private bool IsWhole(int microBatch, int value) => readers[value].All(segment => backward.Contains((microBatch, segment)));

        private static ILookup<int, int> Readers(RankPlan rank) => rank.Segments
            .SelectMany(segment => segment.DifferentiableInputs.Select(value => (Value: value, segment.Index)))
            .ToLookup(pair => pair.Value, pair => pair.Index);

        private SegmentPlan? Segment(int index) => rank.Segments.ElementAtOrDefault(index);

        private ImmutableArray<int> Outputs(int segment) => Segment(segment)?.Outputs ?? [];
    }
}
