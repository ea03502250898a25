using OpsConsole.Domain.Noodles.Running;

namespace OpsConsole.Engine.Noodles.Pools;

/// <summary>A customer of the target, one scenario's at a time, with the buckets that were made for it.</summary>
public sealed class PooledAccount(NoodleAccount account, string prefix)
{
    /// <summary>Kept from scenario to scenario.</summary>
    internal const int MostBuckets = 4;

    private readonly HashSet<string> _scratch = [];

    public NoodleAccount Account => account;

    /// <summary>Made once, emptied after each scenario.</summary>
    internal List<string> Buckets { get; } = [];

    /// <summary>Buckets that a scenario made, or will try to: gone after it.</summary>
    internal IReadOnlyCollection<string> Scratch => _scratch;

    /// <summary>How many buckets this scenario asked for.</summary>
    internal int Taken { get; set; }

    internal int Named { get; private set; }

    /// <summary>A name that nobody had, for a bucket that goes with the scenario.</summary>
    public string NewName()
    {
        var name = $"{prefix}-{++Named}";
        _scratch.Add(name);
        return name;
    }

    /// <summary>Stays, and is emptied.</summary>
    internal void Keep(string bucket)
    {
        _scratch.Remove(bucket);
        Buckets.Add(bucket);
    }

    internal void Forget(string bucket)
    {
        _scratch.Remove(bucket);
        Buckets.Remove(bucket);
    }
}
