namespace ParDsl.Compiler.Binding;

/// <summary>Why a body is bound.</summary>
internal enum BodyKind
{
    /// <summary>It is the model's.</summary>
    Model,

    /// <summary>A <c>def</c> is used, and these are its layers.</summary>
    Use,

    /// <summary>Only for its mistakes: the parameters of the <c>def</c> have no values, and no other one is bound for it.</summary>
    Trial,
}
