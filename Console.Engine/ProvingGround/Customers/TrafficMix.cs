namespace OpsConsole.Engine.ProvingGround.Customers;

internal enum CustomerOperation
{
    Get,
    Put,
    Head,
    List,
    Delete,
}

/// <summary>What the next customer does, from a seed: get 70 %, put 20 %, head 5 %, list 3 %, delete 2 %; sizes spread widely around 32 KB.</summary>
internal sealed class TrafficMix(int seed)
{
    /// <summary>Keys there are at most: with <see cref="LargestObject"/> this bounds what the customers keep.</summary>
    public const int Keys = 800;

    public const int LargestObject = 256 * 1024;

    private const double MeanSize = 32 * 1024;

    private readonly Random _random = new(seed);

    public (CustomerOperation Operation, int Key, int Size, int Content) Next()
    {
        var operation = _random.Next(100) switch
        {
            < 70 => CustomerOperation.Get,
            < 90 => CustomerOperation.Put,
            < 95 => CustomerOperation.Head,
            < 98 => CustomerOperation.List,
            _ => CustomerOperation.Delete,
        };
        var size = (int)Math.Clamp(-MeanSize * Math.Log(1 - _random.NextDouble()), 1, LargestObject);
        return (operation, _random.Next(Keys), size, _random.Next());
    }

    /// <summary>Time to the next arrival, at a mean rate: customers do not wait for each other.</summary>
    public TimeSpan Pause(int rate) => TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) / rate);
}
