using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Preview;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.FleetUpdate;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.FleetUpdate;

/// <summary>Reads a region's maintenance for the page, and sends what the person at it wants.</summary>
internal sealed class FleetUpdateDesk(IStates states, FleetSummaries fleet, ICommands commands, CampaignPreviews previews, IViewer viewer, MaintenanceReader regions, TimeProvider clock)
{
    /// <param name="region">Null or unknown: the first that has campaigns, else the first with hosts.</param>
    public FleetUpdateModel Read(string? region)
    {
        var all = fleet.Now.Regions;
        var chosen = all.FirstOrDefault(one => one.Region == region) ?? all.FirstOrDefault(one => states.VersionOf(FleetUpdateStreams.Of(one.Region)) > 0) ?? all.FirstOrDefault();
        var name = chosen?.Region ?? "none";
        return FleetUpdateModel.Of([.. all.Select(one => one.Region)], chosen?.Simulated ?? false, states.Get<FleetUpdateState>(FleetUpdateStreams.Of(name)), UpdateInput.Of(states, name, clock.GetUtcNow()));
    }

    public async Task<(CampaignPreview? Preview, Rejection? Refused)> PreviewAsync(OrderCampaign order, string reason) => previews.Of(regions.Placed(order), await viewer.ActorAsync(), reason);

    public async Task<Rejection?> SendAsync(FleetUpdateCommand command, string reason) =>
        (await commands.SendAsync(new(regions.Placed(command), await viewer.ActorAsync(), reason.Length == 0 ? null : reason, Cause: "page"))).Rejection;
}
