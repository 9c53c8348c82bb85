using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// What a rank does, in order: a list as it is, or that of the rank at the same place of another replica with the names changed.
/// Such a one is made when it is asked for: of thousands of ranks, most lists never are.
/// </summary>
internal sealed class ActionList
{
    private ImmutableArray<PlanAction> actions;

    public ActionList(ImmutableArray<PlanAction> actions) => this.actions = actions;

    private ActionList(ActionList original, ReplicaImage image) => (Original, Image) = (original, image);

    /// <summary>The list that this one has all from but the names; null where it is as it is.</summary>
    public ActionList? Original { get; }

    public ReplicaImage? Image { get; }

    public int Length => Original?.Length ?? actions.Length;

    /// <summary>The same list whoever asks first: ranks are threads.</summary>
    public ImmutableArray<PlanAction> Actions
    {
        get
        {
            if (Original is not null && Image is not null && actions.IsDefault)
                ImmutableInterlocked.InterlockedInitialize(ref actions, Image.Of(Original.Actions));
            return actions;
        }
    }

    public ActionList In(ReplicaImage image) => new(this, image);
}
