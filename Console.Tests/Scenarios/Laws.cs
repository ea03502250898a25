using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios;

/// <summary>The laws, checked from outside after every event and every command that leaves.</summary>
internal sealed class Laws
{
    private readonly Dictionary<StreamId, long> _versions = [];
    private readonly Dictionary<string, long> _tokens = [];
    private readonly Dictionary<StreamId, WindowJudged?> _lastWindow = [];
    private readonly HashSet<string> _ended = [];

    public List<string> Breaches { get; } = [];

    public void After(ImmutableArray<Recorded> events, IStates states)
    {
        foreach (var recorded in events)
        {
            Check(recorded.Version == _versions.GetValueOrDefault(recorded.Stream) + 1, $"{recorded.Stream} has a gap before {recorded.Version}");
            _versions[recorded.Stream] = recorded.Version;
            if (recorded.Stream.Family == RolloutStreams.Family)
            {
                Check(!_ended.Contains(recorded.Stream.Key), $"{recorded.Stream} had ended, then {recorded.Event}");
            }

            if (recorded.Event is RolloutCompleted or RolloutRolledBack or RolloutAbandoned)
            {
                _ended.Add(recorded.Stream.Key);
            }

            NothingBeginsWithoutEvidence(recorded);
            CountsHold(recorded, states);

            if (recorded.Event is VisitsBegan began)
            {
                OneAz(states.Get<RegionFleet>(recorded.Stream), $"after {recorded.Sequence}");
                foreach (var visit in began.Visits)
                {
                    Check(visit.Token > _tokens.GetValueOrDefault(visit.Host), $"{visit.Id} has the token {visit.Token}, which is not new");
                    _tokens[visit.Host] = visit.Token;
                }
            }
        }
    }

    public void Left(HostCommand command, IStates states)
    {
        var cord = states.Get<CordState>(CordStreams.Only);
        var visit = states.Get<RegionFleet>(FleetStreams.Of(command.Host.Region)).Visits[command.Host.Id];
        Check(cord.Stops(command.Host, visit) is null, $"{command.Id} left although the cord holds {command.Host.Id}");
        Check(
            cord.Blocks(command.Host, visit.Purpose, visit.Rollout) is not { } pull || (pull.Mode.LetsFinish() && visit.Since <= pull.At) || (visit.AtPull is not null && pull.Epoch <= visit.CordEpoch),
            $"{command.Id} left although its visit began after the cord held new work on {command.Host.Id}");
        OneAz(states.Get<RegionFleet>(FleetStreams.Of(command.Host.Region)), $"when {command.Id} left");
    }

    /// <summary>Law 11: every rollout and every begun run that has not ended says what it waits for, and until when.</summary>
    public void Waits(IStates states, DateTimeOffset now)
    {
        foreach (var rollout in states.All<Rollout>(RolloutStreams.Family).Select(one => one.State).Where(one => one.Exists && !one.Ended))
        {
            var wait = RolloutWait.Of(rollout, now, states);
            Check(wait is { What.Length: > 0, Who.Length: > 0, Then.Length: > 0 } && wait.Until < now + TimeSpan.FromDays(60), $"{rollout.Id} is {rollout.Status} and waits without saying for what");
            foreach (var region in rollout.Plan!.Regions)
            {
                var run = states.Get<RegionRun>(RunStreams.Of(region.Region, rollout.Id));
                var waits = run.Stage < 0 || RunWait.Of(run, RunDecider.Input(states, region.Region, rollout.Id, null, now)) is { What.Length: > 0 };
                Check(waits, $"{rollout.Id} in {region.Region} is {run.Phase} and waits without saying for what");
            }
        }
    }

    /// <summary>Law 8: after a bake, or the look before the first host, the last window must have been Ok for every gate.</summary>
    private void NothingBeginsWithoutEvidence(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case BakeBegan or RunStageBegan { Observe: true } or RunResumed { Phase: RunPhase.Baking or RunPhase.Observing }:
                _lastWindow[recorded.Stream] = null;
                break;
            case RunResumed:
                _lastWindow.Remove(recorded.Stream);
                break;
            case WindowJudged window when _lastWindow.ContainsKey(recorded.Stream):
                _lastWindow[recorded.Stream] = window;
                break;
            case BatchBegan or RunStageDone when _lastWindow.Remove(recorded.Stream, out var last):
                Check(last is not null && last.Verdicts.All(verdict => verdict.Verdict == Verdict.Ok), $"{recorded.Event} in {recorded.Stream} came without good evidence");
                break;
            default:
                break;
        }
    }

    /// <summary>What is counted along with every change is what counting anew would give.</summary>
    private void CountsHold(Recorded recorded, IStates states)
    {
        if (recorded.Stream.Family == FleetStreams.Family && states.Get<RegionFleet>(recorded.Stream) is var fleet)
        {
            Check(fleet.Tally.Same(FleetTally.Of(fleet.Hosts.Values)), $"{recorded.Stream} has miscounted after {recorded.Event}");
            var working = fleet.ActiveVisits.Where(visit => visit.Rollout is not null).GroupBy(visit => visit.Rollout!).ToDictionary(rollout => rollout.Key, rollout => rollout.Count());
            Check(working.Count == fleet.Working.Count && !working.Except(fleet.Working).Any(), $"{recorded.Stream} has miscounted visits after {recorded.Event}");
            Check(fleet.Hosts.Keys.SequenceEqual(fleet.Hosts.Values.Select(host => host.Id).Order(StringComparer.Ordinal)), $"{recorded.Stream} has lost its order after {recorded.Event}");
        }
        else if (recorded.Stream.Family == RunStreams.Family && states.Get<RegionRun>(recorded.Stream) is var run)
        {
            Check(run.Pending.SetEquals(run.Touched.Where(host => !run.Settled(host))), $"{recorded.Stream} has lost sight of hosts after {recorded.Event}");
        }
    }

    private void OneAz(RegionFleet fleet, string when)
    {
        var azs = fleet.ActiveVisits.Where(visit => visit.Purpose is VisitPurpose.Forward or VisitPurpose.Rollback).Select(visit => fleet.Hosts[visit.Host].Az).Distinct().ToArray();
        Check(azs.Length <= 1, $"{string.Join(" and ", azs)} of {fleet.Region} were in work at once {when}");
    }

    private void Check(bool holds, string breach)
    {
        if (!holds)
        {
            Breaches.Add(breach);
        }
    }
}
