using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Runtime.Hardware;

/// <summary>
/// CUDA's rule for CUDA_VISIBLE_DEVICES: a list of numbers, or of the beginnings of UUIDs; it ends at the first entry that is
/// no GPU. Without the variable all are visible.
/// </summary>
internal static class VisibleGpus
{
    public static ImmutableArray<ManagedGpu> Select(ImmutableArray<ManagedGpu> all, string? variable) =>
        variable is null
            ? all
            : [.. variable.Split(',', StringSplitOptions.TrimEntries).Select(entry => Find(all, entry))
                .TakeWhile(gpu => gpu is not null).OfType<ManagedGpu>().Distinct()];

    private static ManagedGpu? Find(ImmutableArray<ManagedGpu> all, string entry)
    {
        if (int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return index < all.Length ? all[index] : null;
        return entry.Length == 0
            ? null
            : all.FirstOrDefault(gpu => gpu.Identity.StartsWith(entry, StringComparison.OrdinalIgnoreCase));
    }
}
