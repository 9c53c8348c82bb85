using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue.Statements;

namespace ParDsl.Compiler.Catalogue;

/// <summary>The statements that are no component of another catalogue, by the block that they stand in.</summary>
public static class StatementCatalogue
{
    public static ImmutableArray<IComponentRule> Data { get; } =
    [
        InputStatement.Rule,
        ValuesTargetStatement.Rule,
        ClassTargetStatement.Rule,
        ValidationStatement.Rule,
    ];

    public static ImmutableArray<IComponentRule> Model { get; } =
    [
        BranchesStatement.Rule,
        BranchStatement.Rule,
        RepeatStatement.Rule,
        ResidualStatement.Rule,
        SequentialStatement.Rule,
    ];

    public static ImmutableArray<IComponentRule> Train { get; } =
    [
        AccumulateStatement.Rule,
        BatchStatement.Rule,
        CheckpointStatement.Rule,
        ClipStatement.Rule,
        EpochsStatement.Rule,
        PrecisionStatement.Rule,
        SeedStatement.Rule,
        ShuffleStatement.Rule,
        StepsStatement.Rule,
    ];

    public static ImmutableArray<IComponentRule> Parallel { get; } =
    [
        CheckReplicasStatement.Rule,
        DataParallelStatement.Rule,
        NodesStatement.Rule,
        PipelineStatement.Rule,
        RecomputeStatement.Rule,
        ShardStatement.Rule,
        TensorStatement.Rule,
    ];
}
