using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules.Tensors;

/// <summary>
/// A value that goes from places of the sequence to all of them or back: what its gradient needs is the other way round.
/// </summary>
internal sealed class SequenceCrossing : autograd.SingleTensorFunction<SequenceCrossing>
{
    /// <summary>For parts of a layer: their gradients are summed, and each rank has its places of the sum.</summary>
    public static readonly Way GatherForParts = new((places, own) => places.Gather(own), (places, whole) => places.Sum(whole));

    /// <summary>For a layer that all ranks do alike: they have the same gradient, and each takes its places of it.</summary>
    public static readonly Way GatherAlike = new((places, own) => places.Gather(own), Taken);

    /// <summary>Of a whole value that all ranks have alike; the gradient is gathered from where it is.</summary>
    public static readonly Way TakePlaces = new(Taken, (places, own) => places.Gather(own));

    /// <summary>Parts of a sum become its places.</summary>
    public static readonly Way SumToPlaces = new((places, part) => places.Sum(part), (places, own) => places.Gather(own));

    public static Tensor Of(Tensor value, Way way, SequencePlaces places) => Applied.Of(() => apply(value, way, places));

    public override string Name => nameof(SequenceCrossing);

    /// <summary>Variables: value, way, places.</summary>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (value, way, places) = ((Tensor)vars[0], (Way)vars[1], (SequencePlaces)vars[2]);
        ctx.save_data(nameof(Way), way);
        ctx.save_data(nameof(SequencePlaces), places);
        ctx.save_data(nameof(value.shape), value.shape);
        return way.Forward(places, value);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var way = (Way)ctx.get_data(nameof(Way));
        var places = (SequencePlaces)ctx.get_data(nameof(SequencePlaces));
        var shape = (long[])ctx.get_data(nameof(Tensor.shape));
        return places.Callbacks.Gradients(
            [grad_output],
            () => [way.Backward(places, grad_output), null!, null!],
            () => [zeros(shape, grad_output.dtype, grad_output.device), null!, null!]);
    }

    private static Tensor Taken(SequencePlaces places, Tensor whole)
    {
        using var own = places.Own(whole);
        return own.clone();
    }

    internal sealed record Way(Func<SequencePlaces, Tensor, Tensor> Forward, Func<SequencePlaces, Tensor, Tensor> Backward);
}
