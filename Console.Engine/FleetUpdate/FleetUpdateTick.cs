using System.Collections.Concurrent;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.FleetUpdate.Travelling;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.FleetUpdate;

/// <summary>
/// Runs every region's maintenance: writes down what follows from what is seen, sends what is due on hosts and reservations, then asks the gate for the next hosts. All of it comes from committed states, so that
/// a killed engine goes on where it was. A region in which nothing changed is looked at once a second.
/// </summary>
public sealed class FleetUpdateTick(IStates states, ICommands commands, HostRequests requests, IRegionWork work) : ITickPart
{
    private static readonly TimeSpan Otherwise = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (Seen Seen, DateTimeOffset At)> _looked = new();

    /// <summary>Rollouts under way over hosts that keep data, by region; found once a tick.</summary>
    private ILookup<string, string> _rollouts = Array.Empty<string>().ToLookup(id => id);

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        _rollouts = RolloutDemands.UnderWay(states).SelectMany(id => states.Get<Rollout>(RolloutStreams.Of(id)).Plan!.Regions.Select(region => (Id: id, region.Region)).Distinct()).ToLookup(one => one.Region, one => one.Id, StringComparer.Ordinal);
        await work.ForEachAsync([.. Regions().Where(region => IsDue(region, now))], region => RegionAsync(region, now, cancel)).ConfigureAwait(false);
    }

    /// <summary>Those with maintenance, and those in which a rollout is under way over hosts that keep data.</summary>
    private IEnumerable<string> Regions() =>
        states.All<FleetUpdateState>(FleetUpdateStreams.Family).Select(one => one.State.Region).Concat(_rollouts.Select(region => region.Key)).Distinct().Order(StringComparer.Ordinal);

    private async Task RegionAsync(string region, DateTimeOffset now, CancellationToken cancel)
    {
        _looked[region] = (Look(region), now);
        if (!Following.Of(State(region), Input(region, now)).IsEmpty && !await SendAsync(new FollowCampaigns(region), cancel).ConfigureAwait(false))
        {
            return;
        }

        foreach (var command in Effects.Of(State(region), Input(region, now)))
        {
            await SendAsync(command, cancel).ConfigureAwait(false);
        }

        await requests.AskAsync(State(region), Input(region, now), cancel).ConfigureAwait(false);
    }

    /// <summary>Campaigns that are not over, hosts that are out, and reservations a crash has kept from being written down.</summary>
    private bool IsDue(string region, DateTimeOffset now)
    {
        if (_looked.TryGetValue(region, out var last) && last.Seen == Look(region) && now - last.At < Otherwise)
        {
            return false;
        }

        return !State(region).AtRest || _rollouts[region].Any(id => states.VersionOf(RunStreams.Of(region, id)) > 0) || Held(region).Charged.Values.Any(one => one.Live && Asking.IsMine(one));
    }

    /// <summary>A refusal is no surprise: the cord, the calendar and other AZs are asked at each step, and what was refused is due again.</summary>
    private async Task<bool> SendAsync(ICommand command, CancellationToken cancel) =>
        (await commands.SendAsync(new(command, Actor.Engine, Reason: "ordered maintenance", Cause: "fleet update"), cancel).ConfigureAwait(false)).Accepted;

    private FleetUpdateState State(string region) => states.Get<FleetUpdateState>(FleetUpdateStreams.Of(region));

    private RegionReservations Held(string region) => states.Get<RegionReservations>(ReservationStreams.Of(region));

    private UpdateInput Input(string region, DateTimeOffset now) => UpdateInput.Of(states, region, now);

    private Seen Look(string region) => new(states.VersionOf(FleetUpdateStreams.Of(region)), states.VersionOf(ReservationStreams.Of(region)), states.VersionOf(FleetStreams.Of(region)), states.VersionOf(CordStreams.Only), states.All<ReleaseCatalog>(ReleaseStreams.Family).Sum(one => one.Version), _rollouts[region].Sum(id => states.VersionOf(RolloutStreams.Of(id)) + states.VersionOf(RunStreams.Of(region, id))));

    private sealed record Seen(long Update, long Reservations, long Fleet, long Cord, long Releases, long Rollouts);
}
