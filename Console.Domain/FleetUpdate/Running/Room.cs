using OpsConsole.Domain.FleetUpdate.Visits;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>How many more hosts of an AZ may be asked for: each campaign's cap less its hosts that are out, and no more than its pace lets go.</summary>
public sealed class Room
{
    private readonly Dictionary<string, int> _left;

    private Room(Dictionary<string, int> left) => _left = left;

    internal bool IsEmpty => _left.Values.All(left => left <= 0);

    internal static Room In(FleetUpdateState state, string az, DateTimeOffset now) =>
        new(state.Campaigns.Values.Where(one => one.GoesOn && one.Azs.ContainsKey(az)).ToDictionary(
            one => one.Order.Id,
            one => Math.Min(Cap(one, az) - state.Outages.Values.Count(outage => outage.Az == az && !outage.Baking && outage.Items.Any(item => item.Campaign == one.Order.Id)), one.Azs[az].Velocity.Available(now))));

    /// <summary>Hosts of the campaign that may be out at once in the AZ.</summary>
    public static int Cap(Campaign campaign, string az) => Math.Max(1, (int)(campaign.Azs[az].Hosts.Length * campaign.Order.CapShare));

    internal bool Take(VisitPlan plan)
    {
        var campaigns = plan.Items.Select(item => item.Campaign).Distinct().ToArray();
        if (campaigns.Any(campaign => _left[campaign] <= 0))
        {
            return false;
        }

        Array.ForEach(campaigns, campaign => _left[campaign]--);
        return true;
    }
}
