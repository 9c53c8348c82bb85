namespace ParDsl.Runtime.Collectives;

/// <summary>
/// A rank's two doors to one group: the second one is for what goes on in the background, so that the two never meet.
/// </summary>
public sealed record GroupDoors(ICollectiveGroup Foreground, ICollectiveGroup Background)
{
    /// <summary>
    /// Up to how many bytes a collective that may go on in the background is done sooner by the rank itself, once it needs the
    /// result: where to wake a second thread takes longer than the bytes, or that thread would share the rank's core. The same
    /// for all ranks of the group.
    /// </summary>
    public long OwnThreadBytes { get; init; }

    public long MovedBytes => Foreground.MovedBytes + Background.MovedBytes;
}
