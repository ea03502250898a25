namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>Shards a storage host read back from its disk and checked.</summary>
public sealed record ReadBack(int Checked, int Mismatches)
{
    public const int Most = 1_000;

    /// <summary>From a place in the order of names on, round the end: as many as were asked for, or all there are.</summary>
    internal static ReadBack Of(ShardStore store, int shards, Guid from)
    {
        var names = store.After(new ShardName(from, 0), shards).Select(one => one.Name).ToList();
        names.AddRange(store.After(null, shards - names.Count).Select(one => one.Name).Where(name => !names.Contains(name)));
        var states = names.Select(name => store.State(name, verify: true)).ToArray();

        // What was removed between listing and reading is neither.
        return new(states.Count(state => state != ShardState.Missing), states.Count(state => state is not (ShardState.Missing or ShardState.Good)));
    }
}
