using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages.Models;

/// <summary>The model as a graph on its devices: a part for each stage, with the ranks that hold it.</summary>
internal static class ModelSection
{
    public static void Write(HtmlWriter html, ExecutionPlan plan)
    {
        var stages = StageView.Of(plan);
        using (html.Within("section", ("id", "model")))
        {
            html.Element("h2", "The model on its devices");
            foreach (var stage in stages)
                Stage(html, plan, stage, stages.Length);
        }

        html.Line();
    }

    private static void Stage(HtmlWriter html, ExecutionPlan plan, StageView stage, int stageCount)
    {
        using var _ = html.Within("div", ("class", "stage"));
        html.Element("h3", stageCount == 1 ? "All layers" : $"Stage {stage.Stage}");
        html.Element("p", Facts(plan, stage), ("class", "note"));
        DeviceList.Write(html, plan, stage.Ranks);
        var rows = ModelFold.Rows(stage.Layers, layer => $"{Split(plan, layer)} {stage.Recomputes(layer)}");
        var edges = GraphEdge.Of(rows);
        using (html.Within("div", ("class", "graph"), ("style", $"padding-left:{GraphDrawing.Width(edges)}px")))
        {
            GraphDrawing.Write(html, rows, edges, feedsOthers: stage.Stage < stageCount - 1);
            Layers(html, plan, stage, rows);
        }

        html.Line();
    }

    private static string Facts(ExecutionPlan plan, StageView stage)
    {
        var facts = $"{Wording.Count(stage.Layers.Length, "layer")}, {Quantity.Count(stage.ParameterCount)} parameters, "
            + $"{Quantity.Short(stage.FlopsPerSample)} operations a sample forward; held by {RankFold.Words(stage.Ranks)}";
        return facts + Shares(plan) + $". Takes {Names(plan, stage.Taken)}, gives {Given(plan, stage)}.";
    }

    private static string Given(ExecutionPlan plan, StageView stage) =>
        stage.Layers[^1].Index == plan.Program.Model.Layers.Length - 1 ? "the loss" : Names(plan, stage.Given);

    private static string Names(ExecutionPlan plan, ImmutableArray<int> values) =>
        string.Join(", ", values.Select(value => value == CheckedLayer.ModelInput
            ? $"input {plan.Program.Model.Input}"
            : $"{PlanNames.Layer(plan, value)} {plan.Program.Model.Layers[value].Output}"));

    /// <summary>What is whole on each of the ranks, and what is not.</summary>
    private static string Shares(ExecutionPlan plan)
    {
        var (replicas, tensor) = (plan.Batch.DataDegree, plan.Tensor.Degree);
        var shard = plan.Shard == ShardLevel.None ? "" : $" that keep 1/{replicas} each of {Sharded(plan.Shard)}";
        return (replicas, tensor) switch
        {
            (1, 1) => "",
            (_, 1) => $" ({replicas} replicas{shard})",
            (1, _) => $" ({tensor} tensor ranks)",
            _ => $" ({replicas} replicas of {tensor} tensor ranks{shard})",
        };
    }

    private static string Sharded(ShardLevel level) => level switch
    {
        ShardLevel.Optimizer => "the optimizer's states",
        ShardLevel.Gradients => "gradients and the optimizer's states",
        _ => "parameters, gradients and the optimizer's states",
    };

    private static void Layers(HtmlWriter html, ExecutionPlan plan, StageView stage, ImmutableArray<ModelRow> rows)
    {
        var isSplit = plan.Tensor.Degree > 1;
        using var table = html.Within("table", ("class", "layers"));
        using (html.Within("thead"))
        using (html.Within("tr"))
        {
            html.Element("th", "layer", ("scope", "col"), ("class", "what"));
            html.Element("th", "name", ("scope", "col"), ("class", "name"));
            html.Element("th", "output", ("scope", "col"), ("class", "shape"));
            html.Element("th", "parameters", ("scope", "col"), ("class", "number"));
            html.Element("th", "operations", ("scope", "col"), ("class", "number operations"));
            if (isSplit)
                html.Element("th", "split", ("scope", "col"), ("class", "split"));
        }

        using var body = html.Within("tbody");
        foreach (var row in rows)
        {
            html.Line();
            if (row.IsHead)
                Head(html, row, isSplit);
            else
                Layer(html, plan, stage, row, isSplit);
        }
    }

    private static void Head(HtmlWriter html, ModelRow row, bool isSplit)
    {
        using var _ = html.Within("tr", ("class", "head"));
        html.Element(
            "th",
            $"{row.Times} \u00D7 the marked layers: {row.Layer.Name} to {row.Last.Name}",
            ("scope", "rowgroup"),
            ("colspan", "4"));
        html.Element("td", "", ("class", "operations"));
        if (isSplit)
            html.Element("td", "", ("class", "split"));
    }

    private static void Layer(HtmlWriter html, ExecutionPlan plan, StageView stage, ModelRow row, bool isSplit)
    {
        var layer = row.Layer;
        using var _ = html.Within("tr", ("class", row.Times > 1 ? "layer repeated" : "layer"), ("title", Whole(plan, layer)));
        using (html.Within("th", ("scope", "row")))
        {
            html.Text(layer.Kind);
            if (stage.Recomputes(layer))
                html.Element("span", "recomputed", ("class", "tag"));
        }

        html.Element("td", layer.Name, ("class", "name"));
        html.Element("td", layer.Output.ToString(), ("class", "shape"));
        html.Element("td", layer.ParameterCount == 0 ? "-" : Quantity.Count(layer.ParameterCount), ("class", "number"));
        html.Element("td", layer.FlopsPerSample == 0 ? "-" : Quantity.Short(layer.FlopsPerSample), ("class", "number operations"));
        if (isSplit)
            html.Element("td", Split(plan, layer), ("class", "split"));
    }

    private static string Split(ExecutionPlan plan, CheckedLayer layer) => plan.Tensor.Layers[layer.Index].Kind.Words();

    /// <summary>The layer as it is written, and what it takes where that is not the layer above.</summary>
    private static string Whole(ExecutionPlan plan, CheckedLayer layer)
    {
        var sign = CombinationCatalogue.Find(layer.Kind)?.Sign ?? ", ";
        var inputs = layer.Inputs is [var single] && single == layer.Index - 1
            ? ""
            : $" of {string.Join(sign, layer.Inputs.Select(input => PlanNames.Layer(plan, input)))}";
        return LayerText.WriteWhole(layer) + inputs;
    }
}
