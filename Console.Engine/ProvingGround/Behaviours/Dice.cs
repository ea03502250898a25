namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Seeded chance, one throw after another, for many threads.</summary>
internal sealed class Dice(int seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    public bool Hits(double share)
    {
        lock (_lock)
        {
            return _random.NextDouble() < share;
        }
    }

    public int Below(int limit)
    {
        lock (_lock)
        {
            return _random.Next(limit);
        }
    }
}
