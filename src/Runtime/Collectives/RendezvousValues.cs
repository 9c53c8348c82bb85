using System.Text.Json;

namespace ParDsl.Runtime.Collectives;

/// <summary>Values in place of bytes, for those who meet: as JSON, so that processes of two versions can still compare them.</summary>
public static class RendezvousValues
{
    /// <summary>Gives every process all processes' values, in the order of ranks.</summary>
    public static T[] GatherValues<T>(this IRendezvous processes, T value) =>
        [.. processes.AllGather(JsonSerializer.SerializeToUtf8Bytes(value)).Select(bytes => JsonSerializer.Deserialize<T>(bytes)!)];

    /// <summary>Gives every process the root's value.</summary>
    public static T BroadcastValue<T>(this IRendezvous processes, T value, int root) =>
        JsonSerializer.Deserialize<T>(processes.Broadcast(JsonSerializer.SerializeToUtf8Bytes(value), root))!;
}
