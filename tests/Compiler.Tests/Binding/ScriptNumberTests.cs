using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;
using Xunit;

namespace ParDsl.Compiler.Tests.Binding;

/// <summary>Numbers that a script can make, and no file can write.</summary>
public sealed class ScriptNumberTests
{
    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_is_finite(double value, string words)
    {
        var bag = new DiagnosticBag();
        var number = ExpressionSyntax.NewNumber(new NumberSyntax(value, false, 0, "min", SourceSpan.Nowhere));
        Assert.Null(new ExpressionEvaluator(new ValueEnvironment(), bag).Evaluate(number));
        var found = Assert.Single(bag.InOrder("script"));
        Assert.Equal(
            ("PD2005", $"the number {words} is not finite, and a finite one was expected"), (found.Code, found.Message));
    }
}
