using System.Collections.Immutable;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Ranks;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>
/// Brings what ranks hold to where it is put together: from the ranks' threads, and from other processes. All processes of the
/// job collect the same states of the same ranks in the same order, between two rounds.
/// </summary>
/// <param name="everywhere">Whether each process gets it, or the first one alone.</param>
internal sealed class PartCollector(World<TrainingLoop> world, IEngine engine, bool everywhere)
{
    private readonly IRendezvous processes = engine.Processes;

    /// <returns>On the CPU, for the caller to dispose of and not to change; none in a process that gets nothing.</returns>
    public ImmutableArray<RankPart> Collect(int rank, RankState state)
    {
        var owner = engine.ProcessOf(rank);
        var own = owner == processes.Rank ? Own(rank, state) : [];
        return processes.Size == 1 ? own : Transfer(own, owner);
    }

    /// <summary>A tensor that is in main memory already is not copied.</summary>
    private ImmutableArray<RankPart> Own(int rank, RankState state)
    {
        ImmutableArray<RankPart> parts = [];
        world.RunOn(rank, loop =>
        {
            using var guard = no_grad();
            parts =
            [
                .. state(loop.Rank).Select(part => part with { Elements = part.Elements.detach().cpu().DetachFromDisposeScope() }),
            ];
        });
        return parts;
    }

    private ImmutableArray<RankPart> Transfer(ImmutableArray<RankPart> own, int owner)
    {
        var isOwner = owner == processes.Rank;
        if (!everywhere && !isOwner && processes.Rank != 0)
            return [];
        var parts = isOwner ? own : RankPartMessage.Empty(Exchange([], owner));
        if (isOwner)
            Exchange(RankPartMessage.Header(own), owner);
        foreach (var part in parts)
            RankPartMessage.ForEachPiece(part.Elements, isOwner, piece => Exchange(piece, owner));
        if (everywhere || processes.Rank == 0)
            return parts;
        foreach (var part in own)
            part.Elements.Dispose();
        return [];
    }

    private byte[] Exchange(byte[] bytes, int owner) =>
        everywhere ? processes.Broadcast(bytes, owner) : processes.SendToFirst(bytes, owner);
}
