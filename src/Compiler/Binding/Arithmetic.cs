using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// One operator on two values. Integers stay integers while the result is exact; a quotient that is not becomes a real.
/// What 64 bits cannot hold, and division by zero, are refused.
/// </summary>
internal sealed class Arithmetic(BinarySyntax binary, DiagnosticBag bag)
{
    public Value? Apply(Value left, Value right) => (left, right) switch
    {
        (Value.Integer { Unit: "" } a, Value.Integer { Unit: "" } b) => OfIntegers(a.Number, b.Number),
        (Value.Integer { Unit: "" } or Value.Real { Unit: "" }, Value.Integer { Unit: "" } or Value.Real { Unit: "" }) =>
            OfReals(left, right),
        (Value.Text, Value.Text) or (Value.Flag, Value.Flag) when IsEquality =>
            new Value.Flag(left.Equals(right) == (binary.Operator == BinaryOperator.Equal)),
        _ => bag.Refuse<Value>(ExpressionErrors.WrongOperands(binary, left, right)),
    };

    public static string Symbol(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Remainder => "%",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };

    private bool IsEquality => binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual;

    private bool Divides => binary.Operator is BinaryOperator.Divide or BinaryOperator.Remainder;

    private Value? OfIntegers(long left, long right)
    {
        if (Divides && right == 0)
            return bag.Refuse<Value>(ExpressionErrors.DivisionByZero(binary, Wording.Number(left)));
        try
        {
            return IntegerResult(left, right);
        }
        catch (OverflowException)
        {
            return bag.Refuse<Value>(
                ExpressionErrors.ResultBeyondRange(binary, Wording.Number(left), Wording.Number(right)));
        }
    }

    private Value IntegerResult(long left, long right) => binary.Operator switch
    {
        BinaryOperator.Add => new Value.Integer(checked(left + right)),
        BinaryOperator.Subtract => new Value.Integer(checked(left - right)),
        BinaryOperator.Multiply => new Value.Integer(checked(left * right)),
        BinaryOperator.Remainder => new Value.Integer(right == -1 ? 0 : left % right),
        BinaryOperator.Divide => Quotient(left, right),
        _ => new Value.Flag(Compares(left.CompareTo(right))),
    };

    private static Value Quotient(long left, long right)
    {
        if (right == -1)
            return new Value.Integer(checked(-left));
        return left % right == 0 ? new Value.Integer(left / right) : new Value.Real((double)left / right);
    }

    private Value? OfReals(Value leftValue, Value rightValue)
    {
        var (left, right) = (AsReal(leftValue), AsReal(rightValue));
        if (Divides && right == 0)
            return bag.Refuse<Value>(ExpressionErrors.DivisionByZero(binary, Wording.Number(left)));
        var result = RealResult(left, right);
        return result is Value.Real { Number: var number } && !double.IsFinite(number)
            ? bag.Refuse<Value>(ExpressionErrors.ResultBeyondRange(binary, Wording.Number(left), Wording.Number(right)))
            : result;
    }

    private Value RealResult(double left, double right) => binary.Operator switch
    {
        BinaryOperator.Add => new Value.Real(left + right),
        BinaryOperator.Subtract => new Value.Real(left - right),
        BinaryOperator.Multiply => new Value.Real(left * right),
        BinaryOperator.Divide => new Value.Real(left / right),
        BinaryOperator.Remainder => new Value.Real(left % right),
        _ => new Value.Flag(Compares(left.CompareTo(right))),
    };

    private bool Compares(int order) => binary.Operator switch
    {
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order > 0,
        BinaryOperator.GreaterOrEqual => order >= 0,
        BinaryOperator.Equal => order == 0,
        BinaryOperator.NotEqual => order != 0,
        _ => throw new ArgumentOutOfRangeException(nameof(order), binary.Operator, null),
    };

    private static double AsReal(Value value) => value is Value.Integer integer ? integer.Number : ((Value.Real)value).Number;
}
