using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;

namespace OpsConsole.Tests.ProvingGround.Index;

/// <summary>A state under test and short ways to change it.</summary>
internal sealed class IndexSteps
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public IndexSteps(IndexLimits? limits = null)
    {
        State = IndexState.Empty with { Limits = limits ?? IndexLimits.Default };
        Assert.True(Do(new SetPlacement(FirstPlacement.Of([["a1"], ["b1"], ["c1"]]))).Done);
        Assert.True(Do(new CreateBucket("b", "owner", Acl.Private)).Done);
    }

    public IndexState State { get; private set; }

    public static ObjectEntry Object(string key, string etag = "e", params ImmutableArray<Extent> extents) => new("b", key, extents.Sum(extent => (long)extent.Length), etag, "owner", extents);

    public static Extent Extent(int length = 10, int group = 0, long epoch = 1) => new(Guid.NewGuid(), length, group, epoch, 7);

    public IndexAnswer Do(IndexCommand command, Guid? request = null)
    {
        (State, var answer) = State.Apply(command, State.Version + 1, Start.AddSeconds(State.Version), request ?? Guid.NewGuid());
        return answer;
    }

    public IndexAnswer Put(string key, string etag = "e", params ImmutableArray<Extent> extents) => Do(new PutObject(Object(key, etag, extents), WriteCondition.None));

    public IndexAnswer Delete(params string[] keys) => Do(new DeleteObjects("b", [.. keys.Select(key => new KeyToDelete(key, WriteCondition.None))]));

    public ListPage List(string prefix = "", string delimiter = "", string after = "", int take = 1_000) => State.List(new ListQuery("b", prefix, delimiter, after, take))!;

    public bool Live(Extent extent) => State.Live.Has(extent.Group, extent.Blob);
}
