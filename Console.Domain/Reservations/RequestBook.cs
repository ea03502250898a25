using System.Collections.Immutable;

namespace OpsConsole.Domain.Reservations;

/// <summary>
/// Requests that were granted: those with hosts still held, by id, and those that ended lately, so that a request that comes a second time after its hosts were given back is not granted anew.
/// </summary>
public sealed record RequestBook
{
    /// <summary>Of the ended requests so many are remembered at least, and twice as many at most: the oldest half is forgotten at once.</summary>
    public const int EndedKept = 20_000;

    public NameDictionary<GrantedRequest> Held { get; init; } = NameDictionary<GrantedRequest>.Empty;

    /// <summary>The newest that ended, fewer than <see cref="EndedKept"/>; the values say nothing.</summary>
    public NameDictionary<bool> Ended { get; init; } = NameDictionary<bool>.Empty;

    /// <summary>Those that ended before them.</summary>
    public NameDictionary<bool> EndedBefore { get; init; } = NameDictionary<bool>.Empty;

    public bool HasEnded(string request) => Ended.ContainsKey(request) || EndedBefore.ContainsKey(request);

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

        var (held, ended) = (Held.Remove(request), Ended.SetItem(request, true));
        return ended.Count < EndedKept ? this with { Held = held, Ended = ended } : new() { Held = held, EndedBefore = ended };
    }
}
