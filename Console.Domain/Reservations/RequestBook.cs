using System.Collections.Immutable;

namespace OpsConsole.Domain.Reservations;

/// <summary>
/// Requests that were granted: those with hosts still held, by id, and those that ended lately, so that a request that comes a second time after its hosts were given back is not granted anew.
/// </summary>
public sealed record RequestBook
{
    /// <summary>Ended requests that are remembered; the oldest are forgotten first.</summary>
    public const int EndedKept = 20_000;

    public NameDictionary<GrantedRequest> Held { get; init; } = NameDictionary<GrantedRequest>.Empty;

    public ImmutableHashSet<string> Ended { get; init; } = [];

    /// <summary>The ended ones, oldest first.</summary>
    public ImmutableQueue<string> Order { get; init; } = [];

    internal RequestBook Granted(string request, string by, ImmutableArray<string> hosts) => this with { Held = Held.SetItem(request, new(by, hosts, hosts.Length)) };

    /// <summary>One of the request's hosts is no longer charged.</summary>
    internal RequestBook HostEnded(string request)
    {
        if (!Held.TryGetValue(request, out var granted))
        {
            return this;
        }

        if (granted.Left > 1)
        {
            return this with { Held = Held.SetItem(request, granted with { Left = granted.Left - 1 }) };
        }

        var (ended, order) = (Ended.Add(request), Order.Enqueue(request));
        while (ended.Count > EndedKept)
        {
            order = order.Dequeue(out var oldest);
            ended = ended.Remove(oldest);
        }

        return new() { Held = Held.Remove(request), Ended = ended, Order = order };
    }
}

/// <param name="By">The actor's id.</param>
/// <param name="Hosts">All it was granted.</param>
/// <param name="Left">How many of them are still charged.</param>
public readonly record struct GrantedRequest(string By, ImmutableArray<string> Hosts, int Left);
