using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// Keeps what fails inside a rank's callbacks of autograd: an exception that leaves one ends the process. The rank looks here
/// when the backward pass is over.
/// </summary>
internal sealed class CallbackFailure
{
    private ExceptionDispatchInfo? first;

    /// <summary>What the last callback gave: autograd has taken it over when the next one begins.</summary>
    private List<Tensor> handed = [];

    /// <summary>
    /// The gradients that a callback gives. What it was given and has made is freed at once: otherwise all of a model's would
    /// stay until its backward pass is over.
    /// </summary>
    /// <param name="given">The output's gradient and what was saved, as the callback has them for itself.</param>
    public List<Tensor> Gradients(IEnumerable<Tensor> given, Func<List<Tensor>> body, Func<List<Tensor>> substitute)
    {
        foreach (var taken in handed.Where(gradient => gradient is { IsInvalid: false }))
            taken.Dispose();
        using var scope = NewDisposeScope();
        handed = Guard(body, substitute);
        scope.MoveToOuter(handed.Where(gradient => gradient is not null));
        foreach (var tensor in given)
            tensor.Dispose();
        return handed;
    }

    /// <summary>The body's result, or the substitute's where the body fails or an earlier one did.</summary>
    private T Guard<T>(Func<T> body, Func<T> substitute)
    {
        if (Volatile.Read(ref first) is not null)
            return substitute();
        try
        {
            return body();
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(failure), null);
            return substitute();
        }
    }

    public void ThrowIfAny() => Volatile.Read(ref first)?.Throw();
}
