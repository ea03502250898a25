namespace OpsConsole.Domain.Placement;

/// <summary>How many shards of a set are alive in each of three AZs, packed into 12 bits: 4 for each AZ, the first one lowest.</summary>
public static class SetState
{
    public const int Azs = 3;

    /// <summary>Shards of one set in one AZ, at most.</summary>
    public const int MostInAz = 15;

    /// <summary>Different states.</summary>
    public const int Count = 1 << (4 * Azs);

    public static int Of(int first, int second, int third) => first | (second << 4) | (third << 8);

    public static int Alive(int state, int az) => (state >> (4 * az)) & 15;

    /// <summary>What one shard in an AZ counts.</summary>
    public static ushort One(int az) => (ushort)(1 << (4 * az));
}
