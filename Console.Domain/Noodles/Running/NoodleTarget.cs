using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Running;

/// <summary>What scenarios are run against.</summary>
/// <param name="Name">Such as <c>proving-ground/outside</c>.</param>
/// <param name="Endpoint">Where it answers.</param>
/// <param name="Region">As signatures name it.</param>
/// <param name="Accounts">Customers of it whose keys may be used; the first is the one that is meant where none is named. Empty for an API that needs none.</param>
public sealed record NoodleTarget(string Name, Uri Endpoint, string Region, ImmutableArray<NoodleAccount> Accounts)
{
    /// <summary>The bucket stands in the path, not in the host's name.</summary>
    public bool PathStyle { get; init; } = true;

    /// <summary>Where it is looked at from: <c>outside</c>, <c>inside</c>, <c>validator</c>; empty where that is not known.</summary>
    public string Vantage { get; init; } = "";

    /// <summary>What it is known not to do: a scenario with the tag <c>@needs-NAME</c> is skipped where NAME is among these.</summary>
    public ImmutableSortedSet<string> Lacks { get; init; } = [];

    /// <summary>Scenarios known to fail here, each with its reason: by id, by file, or by a tag (<c>@…</c>). They are run, and count as failed only when they pass.</summary>
    public ImmutableSortedDictionary<string, string> KnownDifferences { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>One customer's key pair.</summary>
public sealed record NoodleAccount(string Name, string AccessKey, string Secret)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{Name} ({AccessKey})";
}
