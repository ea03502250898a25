namespace OpsConsole.Engine.ProvingGround.Customers;

internal enum CustomerOperation
{
    Get,
    Put,
    Head,
    List,
    Delete,
}

/// <param name="Size">Of the body where it is a put, bytes.</param>
/// <param name="Content">Seed of that body.</param>
internal readonly record struct CustomerRequest(CustomerOperation Operation, int Key, int Size, int Content);

/// <summary>What the next customer does and when it comes, from a profile and a seed.</summary>
internal sealed class TrafficMix(CustomerProfile profile, int seed)
{
    private readonly Random _random = new(seed);

    public CustomerRequest Next() => new(Operation(), _random.Next(profile.Keys), Size(), _random.Next());

    /// <summary>Time to the next arrival, at a mean rate: customers do not wait for each other.</summary>
    public TimeSpan Pause(int rate) => TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) / rate);

    private CustomerOperation Operation()
    {
        var mix = profile.Mix;
        var ticket = _random.Next(mix.Sum);
        return ticket < mix.Get ? CustomerOperation.Get
            : ticket < mix.Get + mix.Put ? CustomerOperation.Put
            : ticket < mix.Get + mix.Put + mix.Head ? CustomerOperation.Head
            : ticket < mix.Get + mix.Put + mix.Head + mix.List ? CustomerOperation.List
            : CustomerOperation.Delete;
    }

    private int Size()
    {
        var ticket = _random.NextDouble();
        var of = profile.Sizes[^1];
        foreach (var size in profile.Sizes)
        {
            ticket -= size.Share;
            if (ticket < 0)
            {
                of = size;
                break;
            }
        }

        // The mean of a log-normal is exp(mu + spread²/2).
        var logarithm = Math.Log(of.MeanBytes) - (of.Spread * of.Spread / 2) + (of.Spread * Normal());
        return (int)Math.Clamp(Math.Exp(logarithm), 1, profile.Largest);
    }

    /// <summary>Box and Muller's, one of the two.</summary>
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
