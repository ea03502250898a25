using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Casualties;

namespace OpsConsole.Domain.FleetUpdate.Travelling;

/// <summary>What the events of rollouts' campaigns make of them.</summary>
internal static class RolloutFold
{
    public static Campaign Apply(Campaign campaign, CampaignWidened e, DateTimeOffset at)
    {
        var azs = campaign.Azs.ToBuilder();
        foreach (var az in e.Azs)
        {
            ImmutableArray<string> hosts = azs.TryGetValue(az.Az, out var there) ? [.. there.Hosts, .. az.Hosts] : az.Hosts;
            azs[az.Az] = Open(there ?? new(hosts, [], 0, at, Velocity.Begin(campaign.Order.Velocity, at)), hosts, at);
        }

        return campaign with { Azs = azs.ToImmutable() };
    }

    /// <summary>Casualties of the attempt before are counted no more, as after any halt that a person ended.</summary>
    public static Campaign Apply(Campaign campaign, CampaignTakenUp e, DateTimeOffset at)
    {
        var again = e.Again.ToHashSet();
        return campaign with
        {
            Status = CampaignStatus.Running,
            Why = null,
            StatusSince = at,
            Attempt = e.Attempt,
            CordEpoch = e.CordEpoch,
            Ledger = e.Attempt == campaign.Attempt ? campaign.Ledger : CasualtyLedger.Empty,
            Hosts = campaign.Hosts.SetItems(e.Again.Select(host => KeyValuePair.Create(host, HostProgress.None with { At = at, Again = true }))),
            Azs = campaign.Azs.ToImmutableSortedDictionary(az => az.Key, az => (az.Value.Hosts.Any(again.Contains) ? Open(az.Value, az.Value.Hosts, at) : az.Value) with { Velocity = az.Value.Velocity.Resume(at) }, StringComparer.Ordinal),
        };
    }

    private static AzProgress Open(AzProgress az, ImmutableArray<string> hosts, DateTimeOffset at) => az with { Hosts = hosts, Stages = RolloutCampaigns.Given(hosts.Length), Stage = 0, Passed = false, Since = at };
}
