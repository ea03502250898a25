using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Reservations;

/// <summary>A request that was granted, while it holds hosts.</summary>
public readonly record struct GrantedRequest
{
    /// <summary>The one host's name, or an array of names: most requests are for one, and an array for each is one more object for every collection of young garbage.</summary>
    private readonly object? _hosts;

    [JsonConstructor]
    public GrantedRequest(string by, ImmutableArray<string> hosts, int left) =>
        (By, _hosts, Left) = (by, hosts is [var only] ? only : ImmutableCollectionsMarshal.AsArray(hosts), left);

    /// <summary>The actor's id.</summary>
    public string By { get; }

    /// <summary>All it was granted.</summary>
    public ImmutableArray<string> Hosts => _hosts is string only ? [only] : ImmutableCollectionsMarshal.AsImmutableArray((string[]?)_hosts);

    /// <summary>How many of them are still charged.</summary>
    public int Left { get; init; }
}
