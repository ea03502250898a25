using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Access;

public enum ScopeKind
{
    Global,
    Partition,
    Region,
    Az,
    Service,

    /// <summary>One service in one region, as a store is.</summary>
    Store,
}

/// <summary>
/// A part of the fleet, written <c>global</c>, <c>partition:china</c>, <c>region:eu-west-1</c>, <c>az:eu-west-1a</c>, <c>service:web</c> or
/// <c>store:storage/eu-west-1</c>.
/// A region's name is unique in the whole fleet, an AZ's too.
/// </summary>
/// <param name="Name">Empty for <see cref="ScopeKind.Global"/>.</param>
public sealed record Scope(ScopeKind Kind, string Name)
{
    /// <summary>Where the thing lies, when it is known: lets a grant on a partition cover its regions.</summary>
    public string? Partition { get; init; }

    /// <summary>The region of an AZ or a store; of an AZ when it is known.</summary>
    public string? Region { get; init; }

    /// <summary>The service of a service or a store; null for other scopes.</summary>
    [JsonIgnore]
    public string? Service => Kind switch { ScopeKind.Service => Name, ScopeKind.Store => Name[..Name.IndexOf('/', StringComparison.Ordinal)], _ => null };

    public static Scope Global { get; } = new(ScopeKind.Global, "");

    public static Scope OfPartition(string name) => new(ScopeKind.Partition, name) { Partition = name };

    public static Scope OfRegion(string name, string? partition = null) => new(ScopeKind.Region, name) { Partition = partition, Region = name };

    public static Scope OfAz(string name, string? region = null, string? partition = null) => new(ScopeKind.Az, name) { Region = region, Partition = partition };

    public static Scope OfService(string name) => new(ScopeKind.Service, name);

    public static Scope OfStore(string service, string region, string? partition = null) => new(ScopeKind.Store, $"{service}/{region}") { Region = region, Partition = partition };

    public override string ToString() => Kind == ScopeKind.Global ? "global" : $"{Kind.ToString().ToLowerInvariant()}:{Name}";

    /// <summary>Reads the written form; null where it is not one.</summary>
    public static Scope? Parse(string text)
    {
        if (text == "global")
        {
            return Global;
        }

        var at = text.IndexOf(':', StringComparison.Ordinal);
        var name = at > 0 ? text[(at + 1)..] : "";
        if (text.StartsWith("store:", StringComparison.Ordinal))
        {
            return name.Split('/') is [{ Length: > 0 and <= 64 } service, { Length: > 0 and <= 64 } region] ? OfStore(service, region) : null;
        }

        if (name.Length is 0 or > 64)
        {
            return null;
        }

        return text[..at] switch
        {
            "partition" => OfPartition(name),
            "region" => OfRegion(name),
            "az" => OfAz(name),
            "service" => OfService(name),
            _ => null,
        };
    }

    /// <summary>Whether this scope holds all of <paramref name="other"/>, as far as the two say where they lie.</summary>
    public bool Covers(Scope other) =>
        Kind switch
        {
            ScopeKind.Global => true,
            ScopeKind.Partition => other.Partition == Name,
            ScopeKind.Region => (other.Kind == ScopeKind.Region && other.Name == Name) || (other.Kind is ScopeKind.Az or ScopeKind.Store && other.Region == Name),
            ScopeKind.Service => other.Service == Name,
            _ => other.Kind == Kind && other.Name == Name,
        };
}
