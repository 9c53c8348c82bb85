using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Diagnostics;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// A value as the .NET type that an argument's type names (see <see cref="ArgumentType"/>); null where it is of another kind.
/// </summary>
internal static class ArgumentConverter
{
    /// <summary>Above this, doubles no longer tell whole numbers apart: 2^53.</summary>
    private const double GreatestExactInteger = 9007199254740992;

    public static object? Convert(ArgumentType type, Value value) => type switch
    {
        ArgumentType.Integer => AsInteger(value),
        ArgumentType.Real => AsReal(value),
        ArgumentType.Flag => (value as Value.Flag)?.IsTrue,
        ArgumentType.Text => (value as Value.Text)?.Content,
        ArgumentType.IntegerPair => AsPair(value),
        ArgumentType.Integers => value is Value.List list ? AsIntegers(list) : null,
        ArgumentType.Columns => AsColumns(value),
        ArgumentType.Duration => AsDuration(value),
        ArgumentType.Interval => AsInterval(value),
        ArgumentType.Bytes => AsBytes(value),
        _ => null,
    };

    /// <summary>Whether the value has a unit that the type does not know: then the unit is the mistake, not the kind.</summary>
    public static bool HasWrongUnit(ArgumentType type, Value value) => value switch
    {
        Value.Integer { Unit: not "" } integer => !IsUnitOf(type, integer.Unit),
        Value.Real { Unit: not "" } real => !IsUnitOf(type, real.Unit),
        _ => false,
    };

    /// <summary>The numbers in a converted value, for the limits.</summary>
    public static ImmutableArray<double> Numbers(object converted) => converted switch
    {
        long integer => [integer],
        double real => [real],
        ImmutableArray<long> integers => [.. integers.Select(integer => (double)integer)],
        string duration when double.TryParse(duration.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
            && double.IsFinite(count) => [count],
        _ => [],
    };

    private static bool IsUnitOf(ArgumentType type, string unit) => type switch
    {
        ArgumentType.Duration => unit is "steps" or "step" or "epochs" or "epoch",
        ArgumentType.Interval => IsTime(unit) || IsUnitOf(ArgumentType.Duration, unit),
        ArgumentType.Bytes => BytesOf(unit) is not null,
        _ => false,
    };

    private static bool IsTime(string unit) => unit is "s" or "min" or "h";

    private static long? BytesOf(string unit) => unit switch
    {
        "" or "B" => 1,
        "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "KiB" => 1L << 10,
        "MiB" => 1L << 20,
        "GiB" => 1L << 30,
        _ => null,
    };

    /// <summary>Null beyond 64 bits too.</summary>
    private static long? AsBytes(Value value)
    {
        if (value is not Value.Integer integer || BytesOf(integer.Unit) is not { } unit)
            return null;
        return Int128.Abs((Int128)integer.Number * unit) <= long.MaxValue ? integer.Number * unit : null;
    }

    private static long? AsInteger(Value value) => value switch
    {
        Value.Integer { Unit: "" } integer => integer.Number,
        Value.Real { Unit: "" } real when double.IsInteger(real.Number) && Math.Abs(real.Number) <= GreatestExactInteger =>
            (long)real.Number,
        _ => null,
    };

    private static double? AsReal(Value value) => value switch
    {
        Value.Integer { Unit: "" } integer => (double)integer.Number,
        Value.Real { Unit: "" } real => real.Number,
        _ => null,
    };

    private static object? AsPair(Value value)
    {
        if (value is Value.List { Items.Length: 2 } list)
            return AsIntegers(list);
        return AsInteger(value) is long both ? ImmutableArray.Create(both, both) : null;
    }

    private static ImmutableArray<long>? AsIntegers(Value.List list)
    {
        var items = list.Items.Select(AsInteger).ToArray();
        return items.All(item => item is not null) ? items.OfType<long>().ToImmutableArray() : null;
    }

    private static ImmutableArray<string>? AsColumns(Value value)
    {
        var items = value is Value.List list ? list.Items : [value];
        var columns = items.Select(AsColumn).ToArray();
        return columns.All(column => column is not null) ? columns.OfType<string>().ToImmutableArray() : null;
    }

    private static string? AsColumn(Value value) => value switch
    {
        Value.Text text => text.Content,
        Value.Integer { Unit: "", Number: >= 0 } integer => Wording.Number(integer.Number),
        _ => null,
    };

    private static string? AsDuration(Value value) => value is not Value.Integer integer
        ? null
        : integer.Unit switch
        {
            "" or "steps" or "step" => $"{Wording.Number(integer.Number)} steps",
            "epochs" or "epoch" => $"{Wording.Number(integer.Number)} epochs",
            _ => null,
        };

    private static string? AsInterval(Value value) => value switch
    {
        Value.Integer integer when IsTime(integer.Unit) => $"{Wording.Number(integer.Number)} {integer.Unit}",
        Value.Real real when IsTime(real.Unit) => $"{Wording.Number(real.Number)} {real.Unit}",
        _ => AsDuration(value),
    };
}
