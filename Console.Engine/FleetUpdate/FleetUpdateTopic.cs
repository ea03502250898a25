using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.FleetUpdate;

/// <summary>The topic <c>fleet-update</c>: one item for each campaign, under <c>region/id</c>. A campaign is touched by every event of its region's maintenance.</summary>
public sealed class FleetUpdateTopic(IStates states, TimeProvider clock) : ITopicSource
{
    public const string Name = "fleet-update";

    public bool Has(string topic) => topic == Name;

    public void Touched(Recorded recorded, ITouched touched)
    {
        if (recorded.Stream.Family != FleetUpdateStreams.Family || !touched.Wanted(Name))
        {
            return;
        }

        var state = states.Get<FleetUpdateState>(recorded.Stream);
        foreach (var campaign in state.Campaigns.Values.Where(one => !one.Over || one.StatusSince >= recorded.At))
        {
            touched.Touch(Name, $"{state.Region}/{campaign.Order.Id}");
        }
    }

    public IEnumerable<string> Keys(string topic) => states.All<FleetUpdateState>(FleetUpdateStreams.Family).SelectMany(one => one.State.Campaigns.Keys.Select(id => $"{one.State.Region}/{id}"));

    public object? Item(string topic, string key)
    {
        var at = key.IndexOf('/', StringComparison.Ordinal);
        if (at <= 0)
        {
            return null;
        }

        var state = states.Get<FleetUpdateState>(FleetUpdateStreams.Of(key[..at]));
        return state.Campaigns.TryGetValue(key[(at + 1)..], out var campaign) ? CampaignItem.Of(state, campaign, UpdateInput.Of(states, state.Region, clock.GetUtcNow())) : null;
    }
}
