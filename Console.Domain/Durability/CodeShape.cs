namespace OpsConsole.Domain.Durability;

/// <summary>A code of which any <paramref name="Needed"/> shards of <paramref name="Shards"/> give the data back.</summary>
/// <param name="Name">Such as <c>RS(5,4)</c> or <c>R3</c>.</param>
public sealed record CodeShape(string Name, int Shards, int Needed)
{
    /// <summary>4 bits of each AZ hold 15; three AZs hold as many times three.</summary>
    public const int MostShards = 45;

    public static CodeShape ReedSolomon(int data, int parity) => new($"RS({data},{parity})", data + parity, data);

    public static CodeShape Copies(int copies) => new($"R{copies}", copies, 1);

    /// <summary>Null where there can be such a code.</summary>
    public string? Fault => Needed >= 1 && Shards >= Needed && Shards <= MostShards ? null : $"A code needs at least one shard and has at most {MostShards}.";
}
