using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios.Seeded;

/// <summary>What goes wrong and what people do about it, as a seed has it: hosts fail, a release is bad or shows nothing, people pull the cord, pause, stop and go on, the engine is killed.</summary>
internal sealed class Misfortunes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Fault[] Faults = [Fault.Dies, Fault.Hangs, Fault.Errors, Fault.LosesReply, Fault.DoublesReply, Fault.RepliesLate];

    private readonly Random _random;
    private readonly Chance _chance;
    private readonly double _faulty;
    private readonly Queue<DateTimeOffset> _acts;

    public Misfortunes(int seed, Random random, DateTimeOffset now)
    {
        (_random, _chance, _faulty) = (random, new(seed), random.Next(3) switch { 0 => 0, 1 => 0.02, _ => 0.15 });
        _acts = new(Enumerable.Range(0, random.Next(0, 5)).Select(_ => now.AddSeconds(random.Next(5, 240))).Order());
    }

    /// <summary>Faults of hosts, bad windows, acts of people and kills so far.</summary>
    public int Count { get; private set; }

    public void Befall(Scenario scenario)
    {
        scenario.Hosts.FaultOf = command =>
        {
            if (_chance.Of("fault", command.Id) >= _faulty)
            {
                return Fault.None;
            }

            Count++;
            return Faults[(int)(_chance.Of("which", command.Id) * Faults.Length)];
        };
        var (kind, metric) = (_random.Next(6), new[] { Metrics.ErrorRate, Metrics.LatencyP99, Metrics.ProbeSuccess }[_random.Next(3)]);
        scenario.Health.Seen = (release, query, reading) =>
        {
            var struck = release == SmallFleet.New && reading.Metric == metric && _chance.Of("struck", query.Region) < 0.6;
            if (!struck || kind > 2 || (kind == 1 && _chance.Of("flaps", $"{query.To.Ticks}") < 0.5))
            {
                return reading;
            }

            Count++;
            return kind == 2 ? reading with { Samples = 0, Value = null } : reading with { Value = metric == Metrics.ProbeSuccess ? 0.2 : 500 };
        };
    }

    /// <summary>What people do now: what the seed has for the moment, and in the end always something about what waits for them.</summary>
    public async Task ActAsync(Scenario scenario)
    {
        var now = scenario.Clock.GetUtcNow();
        if (_acts.TryPeek(out var due) && due <= now)
        {
            _acts.Dequeue();
            Count++;
            await AnyAsync(scenario);
        }

        foreach (var pull in scenario.States.Get<CordState>(CordStreams.Only).InForce.Where(pull => now >= pull.At + Patience))
        {
            await scenario.WishAsync(new ReleaseCord(pull.Id));
        }

        foreach (var rollout in scenario.States.All<Rollout>(RolloutStreams.Family).Select(one => one.State).Where(one => !one.Ended && now >= one.Since + Patience).ToArray())
        {
            if (rollout.Status is RolloutStatus.Stopped or RolloutStatus.NeedsOperator)
            {
                await scenario.WishAsync(Decision(rollout));
            }
            else if (rollout.Status == RolloutStatus.Paused)
            {
                await scenario.WishAsync(new ResumeRollout(rollout.Id));
            }
        }
    }

    /// <summary>The longer it goes on, the likelier somebody gives up.</summary>
    private RolloutCommand Decision(Rollout rollout) =>
        _random.Next(rollout.Attempt > 4 ? 2 : 6) switch
        {
            0 => new AbandonRollout(rollout.Id),
            1 => rollout.Kind == RolloutKind.Forward ? new RollBackRollout(rollout.Id) : new AbandonRollout(rollout.Id),
            2 or 3 => new RetryRollout(rollout.Id),
            _ => new ResumeRollout(rollout.Id),
        };

    private async Task AnyAsync(Scenario scenario)
    {
        switch (_random.Next(7))
        {
            case 0:
                await scenario.WishAsync(new PauseRollout("r1", TimeSpan.FromMinutes(_random.Next(1, 5))));
                break;
            case 1:
                await scenario.WishAsync(new AbortRollout("r1"));
                break;
            case 2:
                await scenario.WishAsync(new RollBackRollout("r1"));
                break;
            case 3 or 4:
                await scenario.WishAsync(new PullCord(_random.Next(2) == 0 ? Scope.Global : Scope.OfRegion("eu"), (CordMode)_random.Next(Enum.GetValues<CordMode>().Length)));
                break;
            default:
                scenario.KillAfter = scenario.Events.Count + _random.Next(1, 40);
                break;
        }
    }
}
