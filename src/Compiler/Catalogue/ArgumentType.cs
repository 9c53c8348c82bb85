namespace ParDsl.Compiler.Catalogue;

/// <summary>What an argument may be, and the .NET type that <see cref="Checked.CheckedArguments"/> holds it as.</summary>
public enum ArgumentType
{
    /// <summary>A whole number (long).</summary>
    Integer,

    /// <summary>A number (double); a percentage is its hundredth.</summary>
    Real,

    /// <summary><c>true</c> or <c>false</c> (bool).</summary>
    Flag,

    /// <summary>A string in quotes (string).</summary>
    Text,

    /// <summary>One of the rule's choices, written as a name (string).</summary>
    Choice,

    /// <summary>
    /// A whole number for both dimensions, or a list of two: <c>3</c>, <c>[3, 5]</c> (ImmutableArray of two longs).
    /// </summary>
    IntegerPair,

    /// <summary>The label of another layer, written as a name (string; empty where there is none).</summary>
    Label,

    /// <summary>A list of whole numbers (ImmutableArray of long).</summary>
    Integers,

    /// <summary>A list of numbers, ranges and names of columns (ImmutableArray of string).</summary>
    Columns,

    /// <summary>A number of updates, or of epochs with the unit <c>epochs</c> (string: "200 steps", "3 epochs").</summary>
    Duration,

    /// <summary>
    /// A number of updates or of epochs, or a time: <c>500 steps</c>, <c>1 epochs</c>, <c>10 min</c> (string).
    /// </summary>
    Interval,

    /// <summary>A size with a unit: <c>25 MiB</c> (long, in bytes).</summary>
    Bytes,

    /// <summary>A list of names, or of texts for those that are no words: <c>[fc1, "3.0"]</c> (ImmutableArray of string).</summary>
    Names,

    /// <summary>Any value of the language: a parameter of a <c>def</c>, whose default is its expression.</summary>
    Any,
}
