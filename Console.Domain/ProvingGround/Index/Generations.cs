namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>
/// How the index and those who remove shards agree without looking at a clock. Shards are written first and named after. The index counts generations in its log; an extent says in which
/// its writing began, and one begun more than <see cref="NamedWithin"/> ago is not taken any more. A shard that was seen unnamed in a generation was begun in it or before, so when
/// <see cref="DeadAfter"/> more have begun nobody can name it, however slow its writer was and whatever its clocks said.
/// </summary>
public static class Generations
{
    /// <summary>A generation lasts at least this long, by the monotonic clock of the index' leader.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    /// <summary>A write that takes no longer than these many whole generations is always taken.</summary>
    public const long NamedWithin = 2;

    /// <summary>One more than must be: the margin costs a little room for dead shards.</summary>
    public const long DeadAfter = NamedWithin + 2;

    public static bool MayBeNamed(long born, long now) => born <= now && now - born <= NamedWithin;

    public static bool IsDead(long seenUnnamed, long now) => now - seenUnnamed >= DeadAfter;
}
