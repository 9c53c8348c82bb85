using System.Runtime.ExceptionServices;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// Keeps what fails inside a callback of autograd: an exception that leaves one ends the process. The rank looks here when
/// the backward pass is over.
/// </summary>
internal sealed class CallbackFailure
{
    private ExceptionDispatchInfo? first;

    /// <summary>The body's result, or the substitute's where the body fails or an earlier one did.</summary>
    public T Guard<T>(Func<T> body, Func<T> substitute)
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
