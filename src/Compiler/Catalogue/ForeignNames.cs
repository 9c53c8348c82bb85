using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue;

/// <summary>
/// What other tools call the statements and components of this language, with what to write here: for help to those who
/// come from there. Names are in small letters without <c>_</c>. Spellings that are near an own name are not listed.
/// </summary>
internal static class ForeignNames
{
    /// <summary>By block, or by what a component is named for: foreign names, with what to write.</summary>
    internal static readonly ImmutableDictionary<string, ImmutableDictionary<string, string>> Places =
        new Dictionary<string, ImmutableDictionary<string, string>>(StringComparer.Ordinal)
        {
            ["data"] = Names(
                ("source csv \"data.csv\"", "csv dataset file path"),
                ("input [64]", "features x"),
                ("input [64] scale=(1 / 255)", "normalize scale"),
                ("target class 10", "classes label labels output outputs y"),
                ("validation 10%", "split testsplit val valsplit")),
            ["model"] = Names(
                ("attention heads=4", "mha multiheadattention selfattention"),
                ("average_pool 2", "avgpool avgpool2d"),
                ("average_pool 7", "adaptiveavgpool2d globalaveragepool globalavgpool"),
                ("concat LABEL", "cat"),
                ("conv2d 32", "convolution"),
                ("flatten", "reshape view"),
                ("linear 128", "dense fc fullyconnected"),
                ("positions learned", "positionalembedding positionalencoding positionembedding"),
                ("repeat 4 { ... }", "for loop"),
                ("residual { ... }", "shortcut skip skipconnection"),
                ("residual { layer_norm; attention heads=4 }; residual { layer_norm; linear 512; gelu; linear 128 }",
                    "transformerblock transformerencoderlayer transformerlayer"),
                ("silu", "swish")),
            ["train"] = Names(
                ("accumulate 4", "accumulategradbatches gradientaccumulation gradientaccumulationsteps"),
                ("batch 32", "bs globalbatchsize minibatch"),
                ("checkpoint every=500 steps", "saveevery savesteps"),
                ("clip 1.0", "gradclip gradientclip gradientclipping maxgradnorm"),
                ("epochs 10", "maxepochs nepochs numepochs"),
                ("loss cross_entropy", "criterion objective"),
                ("optimizer adamw lr=1e-3", "learningrate lr"),
                ("optimizer adamw weight_decay=1e-2", "weightdecay"),
                ("optimizer sgd lr=0.1 momentum=0.9", "momentum"),
                ("precision bfloat16", "amp autocast bf16 dtype fp16 mixedprecision"),
                ("schedule cosine", "lrscheduler scheduler"),
                ("schedule cosine warmup=200 steps", "warmup warmupsteps"),
                ("seed 42", "manualseed randomseed"),
                ("steps 1000", "iterations maxiters maxsteps numsteps")),
            ["parallel"] = Names(
                ("data 4", "ddp devices distributeddataparallel dp gpus replicas worldsize"),
                ("data 4; shard optimizer", "deepspeed zero zero1"),
                ("data 4; shard gradients", "zero2"),
                ("data 4; shard parameters", "fsdp fsdp2 fullyshard fullyshardeddataparallel zero3"),
                ("nodes 2", "hosts machines nnodes numnodes"),
                ("pipeline 2", "pp stages"),
                ("recompute all", "activationcheckpointing checkpointactivations gradientcheckpointing"),
                ("tensor 2", "modelparallel mp tp"),
                ("tensor 2 sequence=true", "sequenceparallel sp")),
            ["loss"] = Names(
                ("bce_with_logits", "bce bceloss bcewithlogitsloss binarycrossentropy"),
                ("cross_entropy", "categoricalcrossentropy ce nll nllloss sparsecategoricalcrossentropy"),
                ("l1", "l1loss mae meanabsoluteerror"),
                ("mse", "l2 meansquarederror mseloss")),
            ["metric"] = Names(("mean_absolute_error", "l1 mae"), ("accuracy", "top1")),
            ["schedule"] = Names(("cosine warmup=200 steps", "warmupcosine"), ("constant warmup=200 steps", "warmup")),
            ["precision"] = Names(
                ("bfloat16", "bf16"),
                ("float16", "fp16 half"),
                ("float32", "float fp32 single tf32"),
                ("float64", "double fp64")),
        }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>What to write for a name of another tool, or null where it is none that is known.</summary>
    /// <param name="place">The block that the name stands in, or what it should name: <c>train</c>, <c>loss</c>.</param>
    public static string? Meaning(string place, string name) =>
        Places.GetValueOrDefault(place)?.GetValueOrDefault(name.Replace("_", "").ToLowerInvariant());

    private static ImmutableDictionary<string, string> Names(params (string Own, string Foreign)[] rows) =>
        rows.SelectMany(row => row.Foreign.Split(' ').Select(foreign => KeyValuePair.Create(foreign, row.Own)))
            .ToImmutableDictionary(StringComparer.Ordinal);
}
