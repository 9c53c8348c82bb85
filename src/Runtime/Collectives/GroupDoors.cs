namespace ParDsl.Runtime.Collectives;

/// <summary>
/// A rank's two doors to one group: the second one is for what goes on in the background, so that the two never meet.
/// </summary>
public sealed record GroupDoors(ICollectiveGroup Foreground, ICollectiveGroup Background)
{
    public ICollectiveGroup Of(bool isBackground) => isBackground ? Background : Foreground;

    public long MovedBytes => Foreground.MovedBytes + Background.MovedBytes;
}
