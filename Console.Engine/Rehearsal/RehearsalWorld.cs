using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>Puts the simulated fleet, its releases and its alarms into the console through the one command path. Doing it again changes nothing; another size adds or takes out hosts.</summary>
public sealed class RehearsalWorld(RehearsalFleet fleet, IStates states)
{
    /// <summary>Hosts in one command, so that no event grows large.</summary>
    private const int Batch = 5_000;

    /// <summary>Answers with what was refused; empty where all is in place.</summary>
    public async Task<ImmutableArray<Rejection>> SeedAsync(ICommands commands, CancellationToken cancel)
    {
        var refused = ImmutableArray.CreateBuilder<Rejection>();
        foreach (var release in SimulatedReleases.All)
        {
            await SendAsync(new RegisterRelease(release)).ConfigureAwait(false);
        }

        foreach (var release in SimulatedReleases.All.Where(release => release.Version == RehearsalFleet.FirstRelease))
        {
            await SendAsync(new AdoptRelease(release.Service, release.Version)).ConfigureAwait(false);
        }

        foreach (var (region, hosts) in fleet.Regions())
        {
            var known = states.Get<RegionFleet>(FleetStreams.Of(region.Name)).Hosts;
            var kept = hosts.Select(host => host.Id).ToHashSet();
            var gone = known.Values.Where(host => host.Simulated && !kept.Contains(host.Id)).Select(host => host.Id).ToImmutableArray();
            if (!gone.IsEmpty)
            {
                await SendAsync(new PlaceHosts(region.Name, region.Partition, [], gone)).ConfigureAwait(false);
            }

            foreach (var batch in hosts.Chunk(Batch))
            {
                await SendAsync(new PlaceHosts(region.Name, region.Partition, [.. batch], [])).ConfigureAwait(false);
            }
        }

        if (await SimulatedAlarms.SeedAsync(commands, states, cancel).ConfigureAwait(false) is { } alarms)
        {
            refused.Add(alarms);
        }

        return refused.ToImmutable();

        async Task SendAsync(ICommand command)
        {
            if ((await commands.SendAsync(new CommandRequest(command, Actor.Engine, "the simulated world as it is", Cause: "rehearsal"), cancel).ConfigureAwait(false)).Rejection is { } rejection)
            {
                refused.Add(rejection);
            }
        }
    }
}
