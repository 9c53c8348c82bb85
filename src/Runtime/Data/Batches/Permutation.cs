namespace ParDsl.Runtime.Data;

/// <summary>Random orders of 0 .. count - 1, each equally likely.</summary>
public static class Permutation
{
    /// <summary>Fisher and Yates' shuffle.</summary>
    public static int[] Of(int count, SplitMix64 random)
    {
        var order = Identity(count);
        for (var last = count - 1; last > 0; last--)
        {
            var other = random.Below(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    public static int[] Identity(int count)
    {
        var order = new int[count];
        for (var index = 0; index < count; index++)
            order[index] = index;
        return order;
    }
}
