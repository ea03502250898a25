using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using OpsConsole.Domain.FleetUpdate.Casualties;

namespace OpsConsole.Domain.FleetUpdate.Visits;

/// <summary>One activity of one campaign, as an outage carries it.</summary>
public sealed record OutageItem(string Campaign, int Index);

/// <summary>A host that is out, or is back and baking, under a reservation of Fleet Update.</summary>
/// <param name="Token">The reservation's fencing token.</param>
/// <param name="CordEpoch">The cord's epoch the reservation was granted under.</param>
public sealed record Outage(string Host, string Az, ImmutableArray<OutageItem> Items, long Token, string Request, DateTimeOffset GrantedAt, DateTimeOffset Expires, long CordEpoch, HostTraits Traits, TimeSpan Bake, TimeSpan Saved)
{
    /// <summary>Null while the host is out.</summary>
    public HostReturn? Seen { get; init; }

    /// <summary>How often it was interrupted by the cord and taken up again.</summary>
    public int Resumed { get; init; }

    [JsonIgnore]
    public bool Baking => Seen is not null;

    /// <summary>The same after every restart; another for each reservation.</summary>
    [JsonIgnore]
    public string Visit => string.Create(CultureInfo.InvariantCulture, $"fleet-update/{Host}/{Token}");

    [JsonIgnore]
    public CasualtyRule Rule => new() { Bake = Bake };
}

/// <summary>A host that was refused and what it waits for.</summary>
/// <param name="Check">The check that denied it, as <c>rack-conflict</c>.</param>
/// <param name="WakeOn">As the denial says it: <c>released:h1</c>, <c>az:a</c>, <c>later</c>.</param>
/// <param name="Blocking">Hosts whose return wakes it; empty where none are named.</param>
/// <param name="Since">When it was first denied in a row.</param>
/// <param name="Wait">The last wait; the next is drawn from it.</param>
/// <param name="RetryAt">It is asked again then at the latest.</param>
/// <param name="Returned">How many charges had ended in the region when it was denied.</param>
public sealed record ParkedRequest(string Host, string Check, string Why, string WakeOn, ImmutableArray<string> Blocking, DateTimeOffset Since, int Tries, TimeSpan Wait, DateTimeOffset RetryAt, long Returned)
{
    /// <summary>What it waits for seemed to be gone when it was denied: whoever denied it knows otherwise, or later, and only time tells.</summary>
    public bool ByTimer { get; init; }

    /// <summary>Only a person can end it.</summary>
    public bool NeedsPerson { get; init; }
}
