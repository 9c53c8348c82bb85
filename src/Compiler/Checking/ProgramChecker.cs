using System.Collections.Immutable;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Checking;

/// <summary>Checks a program's blocks, then what each asks of the others; what a mistake leaves unknown is passed over.</summary>
internal sealed class ProgramChecker(
    ProgramBlocks blocks, ProgramDefinitions definitions, SourceFile file, DiagnosticBag bag)
{
    private readonly ArgumentBinder arguments = new(new ExpressionEvaluator(blocks.Environment, bag), bag);

    /// <summary>The program; null where something of it is missing or mistaken.</summary>
    public CheckedProgram? Check(DatasetDescription? description)
    {
        var data = blocks.Data is null ? null : new DataBlockBinder(arguments, bag).Bind(blocks.Data, blocks.Misplaced);
        VocabularyName.Give(blocks, data, description);
        var binder = new ModelBinder(definitions, blocks.Environment, bag);
        binder.TryDefinitions();
        var statements = blocks.Model is null ? [] : binder.Bind(blocks.Model);
        var training = blocks.Train is null ? null : new TrainBinder(arguments, bag).Bind(blocks.Train, blocks.Misplaced);
        var parallel = new ParallelBinder(arguments, bag).Bind(blocks.Parallel, file);

        var dataChecker = data is null ? null : new DataChecker(data, description, bag);
        var (input, target) = (dataChecker?.Input(), dataChecker?.Target());
        var model = dataChecker is null || input is null ? null : new ModelChecker(input, dataChecker.InputKind, bag).Check(statements);
        CheckTraining(data, training, target, model, description);
        CheckSomethingIsLearned(model);
        return dataChecker?.Checked(input, target) is { } checkedData && model is not null
            && training?.Checked is { } checkedTraining
            ? new CheckedProgram(Name(), checkedData, model.Model, checkedTraining, parallel)
            : null;
    }

    /// <summary>Only where nothing else is wrong: what mends that may bring a layer that learns.</summary>
    private void CheckSomethingIsLearned(ModelOutcome? model)
    {
        if (blocks.Model is not null && model is { Model.ParameterCount: 0 } && !bag.HasErrors)
            bag.Add(ShapeErrors.NothingToLearn(blocks.Model.HeadSpan, model.Model.Layers));
    }

    private void CheckTraining(
        BoundData? data,
        BoundTraining? training,
        CheckedTarget? target,
        ModelOutcome? model,
        DatasetDescription? description)
    {
        if (training is null)
            return;
        new TrainingChecker(training, bag).Check(description?.TrainingCount, data?.ValidationFraction ?? 0);
        if (data is null || target is null)
            return;
        new CheckpointChecker(training, bag).Check(data);
        var loss = new LossChecker(target, data.TargetSpan, bag);
        loss.CheckMetrics(training.Metrics, training.Loss?.Rule);
        if (training.Loss is not null)
            loss.CheckLoss(training.Loss, model, training.Batch > 0 ? training.Batch : TrainBinder.DefaultBatch);
    }

    private string Name() => Path.GetFileNameWithoutExtension(file.Path);
}
