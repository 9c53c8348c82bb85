namespace ParDsl.Compiler.Hardware.Known;

/// <summary>A kind of machine that can be planned for where it is not.</summary>
public interface IKnownMachine
{
    /// <summary>What is written: <c>h100</c>.</summary>
    string Name { get; }

    /// <summary>What it stands for, in one line.</summary>
    string Title { get; }

    /// <summary>What its number counts: <c>GPU</c>, <c>core</c>.</summary>
    string Unit { get; }

    /// <summary>The most of them that one machine has.</summary>
    int Most { get; }

    /// <summary>One machine with so many of them, which knows how fast it is but not its name.</summary>
    HardwareDescription Machine(int count);
}
