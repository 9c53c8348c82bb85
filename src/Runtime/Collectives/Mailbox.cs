using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives;

/// <summary>One direction between two ranks: the sender leaves a tensor and waits until the receiver has copied it.</summary>
internal sealed class Mailbox(FailureSignal failures)
{
    private const int PollMilliseconds = 20;

    private readonly object gate = new();
    private Tensor? offered;

    public void Send(Tensor tensor)
    {
        lock (gate)
        {
            WaitUntil(empty: true);
            offered = tensor;
            Monitor.PulseAll(gate);
            WaitUntil(empty: true);
        }
    }

    public void Receive(Action<Tensor> copy)
    {
        lock (gate)
        {
            WaitUntil(empty: false);
            copy(offered!);
            offered = null;
            Monitor.PulseAll(gate);
        }
    }

    private void WaitUntil(bool empty)
    {
        while (offered is null != empty)
        {
            failures.ThrowIfRaised();
            Monitor.Wait(gate, PollMilliseconds);
        }
    }
}
