using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rollouts;

/// <summary>
/// The rollouts' share of the tick: for every rollout that has not ended, reads the health that is due and sends what is due down the one path.
/// It decides by no state of its own: killed anywhere, it does the same again (law 3).
/// </summary>
public sealed partial class RolloutTick(ICommands commands, IStates states, HealthReader health, GateLines lines, IRegionWork work, ILogger<RolloutTick> log) : ITickPart
{
    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var all = states.All<Rollout>(RolloutStreams.Family).Select(rollout => rollout.State).ToArray();
        await ReleasesAsync(all, cancel).ConfigureAwait(false);
        foreach (var rollout in all.Where(rollout => !rollout.Ended).OrderBy(rollout => rollout.Id, StringComparer.Ordinal))
        {
            // What all regions append in one tick shares a commit.
            await work.ForEachAsync(Regions(rollout), region => RegionAsync(rollout.Id, region, now, cancel)).ConfigureAwait(false);

            await SendAsync(new AdvanceRollout(rollout.Id), cancel).ConfigureAwait(false);
            if (RolloutStart.RollbackIsDue(states.Get<Rollout>(RolloutStreams.Of(rollout.Id)), states))
            {
                await SendAsync(new StartRollback(states.Get<Rollout>(RolloutStreams.Of(rollout.Id)).RollbackId!, rollout.Id), cancel).ConfigureAwait(false);
            }
        }

        await LeftoversAsync(now, cancel).ConfigureAwait(false);
    }

    private static string[] Regions(Rollout rollout) => [.. rollout.Plan!.Regions.Select(region => region.Region).Distinct()];

    private async Task RegionAsync(string rollout, string region, DateTimeOffset now, CancellationToken cancel)
    {
        var stream = RunStreams.Of(region, rollout);
        var input = RunDecider.Input(states, region, rollout, null, now);
        var run = states.Get<RegionRun>(stream);
        if (run.Stage < 0 && input.Rollout.Open.All(open => open.Region != region))
        {
            return;
        }

        var window = RunHealth.Due(run, input) is { } due ? await health.ReadAsync(region, input.Rollout.Service, due, cancel).ConfigureAwait(false) : null;
        if (await SendAsync(new AdvanceRun(region, rollout, window), cancel).ConfigureAwait(false))
        {
            lines.Add(rollout, region, GateWindows.Of(run, input with { Health = window }));
        }

        foreach (var command in RunEffects.Due(states.Get<RegionRun>(stream), RunDecider.Input(states, region, rollout, null, now)))
        {
            await SendAsync(command, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>What became of releases follows from what became of rollouts. Most have been followed up long ago, so they are sifted before they are sorted.</summary>
    private async Task ReleasesAsync(Rollout[] all, CancellationToken cancel)
    {
        var catalogs = states.All<ReleaseCatalog>(ReleaseStreams.Family).ToDictionary(one => one.State.Service, one => one.State, StringComparer.Ordinal);
        var due = all.Where(rollout => rollout.Exists && FollowUp(rollout, catalogs.GetValueOrDefault(rollout.Service)) is not null);
        foreach (var rollout in due.OrderByDescending(rollout => rollout.EndedAt).ThenBy(rollout => rollout.Id, StringComparer.Ordinal).ToArray())
        {
            if (FollowUp(rollout, states.Get<ReleaseCatalog>(ReleaseStreams.Of(rollout.Service))) is { } command)
            {
                await SendAsync(command, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Null where the release's standing says already what became of the rollout.</summary>
    private static ICommand? FollowUp(Rollout rollout, ReleaseCatalog? catalog)
    {
        if (rollout.Kind != RolloutKind.Forward || catalog?.Releases.GetValueOrDefault(rollout.Plan!.Release) is not { QuarantinedBy: null } standing)
        {
            return null;
        }

        return rollout.Status switch
        {
            RolloutStatus.RollingBack => new QuarantineRelease(rollout.Service, rollout.Plan.Release, rollout.Id, rollout.Why ?? "rolled back"),
            RolloutStatus.Completed when standing.ProvenAt is null || standing.ProvenAt < rollout.EndedAt => new ProveRelease(rollout.Service, rollout.Plan.Release, rollout.Id),
            _ => null,
        };
    }

    /// <summary>Visits of a rollout that has ended are given up: nothing of it may go on.</summary>
    private async Task LeftoversAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var left = states.All<RegionFleet>(FleetStreams.Family)
            .SelectMany(fleet => fleet.State.AtWork.Select(rollout => (fleet.State.Region, Rollout: rollout)))
            .Where(visit => states.Get<Rollout>(RolloutStreams.Of(visit.Rollout)) is { Exists: true, Ended: true })
            .ToArray();
        foreach (var (region, rollout) in left)
        {
            foreach (var command in RunEffects.Due(states.Get<RegionRun>(RunStreams.Of(region, rollout)), RunDecider.Input(states, region, rollout, null, now)))
            {
                await SendAsync(command, cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> SendAsync(ICommand command, CancellationToken cancel)
    {
        var result = await commands.SendAsync(new(command, Actor.Engine, Cause: "tick"), cancel).ConfigureAwait(false);
        if (result.Rejection is { } rejection)
        {
            LogRefused(command.GetType().Name, result.Stream.Value, rejection.Code, rejection.Why);
        }

        return result.Rejection is null;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Command} on {Stream} was refused ({Code}): {Why}; it is tried again at the next tick")]
    private partial void LogRefused(string command, string stream, string code, string why);
}
