using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Diagnostics;

namespace ParDsl.Compiler.Checking;

/// <summary>What the spec states of the data against what the files hold.</summary>
internal sealed class DataChecker(BoundData data, DatasetDescription? description, DiagnosticBag bag)
{
    /// <summary>The input's shape as the model sees it; null where neither the spec nor the files tell.</summary>
    public Shape? Input()
    {
        if (data.StatedInput is not { } stated || description is not { Input: var found })
            return data.StatedInput ?? description?.Input;
        if (stated.ElementCount == found.ElementCount)
            return stated;
        bag.Add(TypeErrors.InputShapeDiffers(data.InputSpan, stated, found));
        return stated;
    }

    /// <summary>What the input holds; tokens where the files have a vocabulary.</summary>
    public ValueKind InputKind =>
        description?.Vocabulary is { } vocabulary ? new ValueKind.Tokens(vocabulary) : ValueKind.Numbers;

    /// <summary>The target; null where neither the spec nor the files tell.</summary>
    public CheckedTarget? Target()
    {
        if (description is { Vocabulary: { } vocabulary } text)
            return new CheckedTarget.Class(vocabulary) { Places = text.Input };
        var count = description?.TargetValueCount;
        if (data.StatedTarget is CheckedTarget.Class && count is > 1)
            bag.Add(TypeErrors.ClassNeedsOneValue(data.TargetSpan, count.Value));
        if (data.StatedTarget is CheckedTarget.Values values && count is { } found && values.Shape.ElementCount != found)
            bag.Add(TypeErrors.TargetCountDiffers(data.TargetSpan, values.Shape, found));
        return data.StatedTarget ?? (count is { } known ? new CheckedTarget.Values(Shape.Of(known)) : null);
    }

    public CheckedData? Checked(Shape? input, CheckedTarget? target) =>
        input is null || target is null || description is null
            ? null
            : new CheckedData(
                data.Source.Component,
                input,
                data.Input.Real("scale"),
                data.Input.Real("shift"),
                target,
                data.ValidationFraction,
                description,
                data.Input.Texts("columns"),
                data.TargetColumns,
                data.SourceSpan);
}
