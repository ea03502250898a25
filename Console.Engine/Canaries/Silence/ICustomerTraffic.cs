namespace OpsConsole.Engine.Canaries.Silence;

/// <summary>A service in a region whose customers are counted.</summary>
public sealed record CountedService(string Service, string Partition, string Region)
{
    public bool Simulated { get; init; }
}

/// <summary>A world's count of customers' requests.</summary>
public interface ICustomerTraffic
{
    IEnumerable<CountedService> Services { get; }

    /// <summary>Requests in a whole minute, since the epoch; null where all of it was not counted. Not being counted is not 0.</summary>
    double? Requests(CountedService service, long minute);
}
