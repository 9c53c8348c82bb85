using System.Collections.Immutable;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>The numbers of ranks that a search looks at, the greatest first.</summary>
internal sealed record WorldSizes(ImmutableArray<int> All, bool ComparesAll, bool ComparesFewer)
{
    /// <summary>
    /// All devices that are asked for. Of cores every number that divides them is compared. Of GPUs the most for which a layout
    /// fits; on one machine the divisors of that too, since a small model can be faster on fewer. Of several machines each has a
    /// part.
    /// </summary>
    /// <param name="fills">Whether degrees that are left out take what is left of the GPUs.</param>
    public static WorldSizes Of(DeviceOffer offer, bool fills)
    {
        if (offer.IsStated)
            return new WorldSizes([offer.StatedCount], false, false);
        var most = offer.Capacity > 0 ? offer.Capacity : offer.Machines.Sum(machine => machine.Machine.Cores);
        var sizes = Enumerable.Range(1, most).Reverse().Where(size => MachineShares.Of(offer, size) is not null);
        if (!offer.IsVirtual)
            return new WorldSizes([.. sizes], false, offer.Machines.Length == 1 && !fills);
        // Machines of different numbers of cores may have no number in common that divides the sum.
        ImmutableArray<int> dividing = [.. sizes.Where(size => most % size == 0)];
        return new WorldSizes(dividing.IsEmpty ? [.. sizes] : dividing, true, false);
    }
}
