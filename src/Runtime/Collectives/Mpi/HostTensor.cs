using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>A tensor's elements in main memory, where MPI reads and writes: the tensor's own, or a copy of a device's.</summary>
internal sealed class HostTensor : IDisposable
{
    private readonly Tensor tensor;
    private readonly Tensor? copy;

    private HostTensor(Tensor tensor, Tensor? copy)
    {
        (this.tensor, this.copy) = (tensor, copy);
        Address = TensorMemory.Address(copy ?? tensor);
        Count = tensor.numel();
        Bytes = Count * tensor.element_size();
    }

    public nint Address { get; }

    public long Count { get; }

    public long Bytes { get; }

    /// <summary>With the tensor's values.</summary>
    public static HostTensor Of(Tensor tensor) => new(Contiguous(tensor), IsHere(tensor) ? null : tensor.cpu());

    /// <summary>For values to come: what a device's copy holds before is anything.</summary>
    public static HostTensor For(Tensor tensor) =>
        new(Contiguous(tensor), IsHere(tensor) ? null : empty(tensor.shape, tensor.dtype, device: CPU));

    public bool Overlaps(HostTensor other) => Address < other.Address + other.Bytes && other.Address < Address + Bytes;

    /// <summary>Gives the tensor what MPI has written.</summary>
    public void WriteBack()
    {
        if (copy is not null)
            tensor.copy_(copy);
    }

    public void Dispose() => copy?.Dispose();

    private static bool IsHere(Tensor tensor) => tensor.device_type == DeviceType.CPU;

    private static Tensor Contiguous(Tensor tensor) => tensor.is_contiguous()
        ? tensor
        : throw new InvalidOperationException("a collective was called wrongly: its tensors are contiguous");
}
