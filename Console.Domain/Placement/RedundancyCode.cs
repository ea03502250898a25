namespace OpsConsole.Domain.Placement;

/// <summary>How many shards a redundancy set has, and of how many any are enough.</summary>
/// <param name="Name">Such as <c>RS(5,4)</c> or <c>R3</c>.</param>
/// <param name="Shards">All of them, data and parity, replicas, or members of a quorum; 1 to <see cref="MostShards"/>.</param>
/// <param name="Needed">Any so many are enough: 1 for replicas, the data shards of a Reed–Solomon code, the majority of a quorum.</param>
public sealed record RedundancyCode(string Name, int Shards, int Needed)
{
    /// <summary>4 bits of each AZ hold 15; three AZs hold as many times three.</summary>
    public const int MostShards = 45;

    public static RedundancyCode Replicas(int copies) => new($"R{copies}", copies, 1);

    public static RedundancyCode ReedSolomon(int data, int parity) => new($"RS({data},{parity})", data + parity, data);

    public static RedundancyCode Quorum(int members) => new($"quorum of {members}", members, (members / 2) + 1);

    /// <summary>Null where there can be such a code.</summary>
    public string? Fault => Needed >= 1 && Shards >= Needed && Shards <= MostShards ? null : $"A code needs at least one shard and has at most {MostShards}.";
}

/// <summary>What must be survived after every charged host is gone for good.</summary>
/// <param name="AzLost">Besides, the AZ with the most shards left is lost.</param>
/// <param name="ExtraFailures">Besides, so many further shards are lost, whichever.</param>
public sealed record SurviveScenario(bool AzLost, int ExtraFailures)
{
    /// <summary>Shards more than needed that are left; below 0 the set is lost in this scenario.</summary>
    /// <param name="alive">Shards alive in each AZ.</param>
    public int Slack(ReadOnlySpan<int> alive, int needed)
    {
        var (all, most) = (0, 0);
        foreach (var count in alive)
        {
            (all, most) = (all + count, Math.Max(most, count));
        }

        return all - (AzLost ? most : 0) - ExtraFailures - needed;
    }

    public override string ToString() => (AzLost, ExtraFailures) switch
    {
        (true, 0) => "the loss of any AZ",
        (true, _) => $"the loss of any AZ and {ExtraFailures} more",
        (false, 0) => "nothing more",
        _ => $"the loss of {ExtraFailures} more",
    };
}
