using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.FleetUpdate.Preview;

/// <summary>Runs an order in thought, from what is so now to its end: law 13, the preview is the run.</summary>
public static class PreviewRun
{
    /// <summary>More are not run one by one: their hours are estimated from their waves, and said to be an estimate.</summary>
    public const int MostHosts = 400;

    private const int MostMoments = 20_000;
    private const int MostRounds = 50;

    /// <returns>The preview, or why the order would be refused.</returns>
    public static (CampaignPreview? Preview, Rejection? Refused) Of(OrderCampaign order, Actor actor, string reason, IStates states, ISafetyAuthorities authorities, IChangeFreezes? freezes, DateTimeOffset now)
    {
        var world = new PreviewWorld(states, order.Region, authorities, freezes, now);
        if (world.Send(order, actor, reason).Rejection is { } refused)
        {
            return (null, refused);
        }

        var campaign = world.Update.Campaigns[order.Order.Id];
        ImmutableArray<PlannedAz> azs = [.. campaign.Azs.Select(az => new PlannedAz(az.Key, az.Value.Hosts, az.Value.Stages))];
        var bounds = BoundsOf.Order(order.Order, azs, world.Fleet, authorities, world.Held.Policy.MaxPerRack);
        if (campaign.Count > MostHosts)
        {
            var outage = order.Order.Cycle + TimeSpan.FromTicks(order.Order.Activities.Sum(one => one.P50.Ticks));
            var byWaves = outage * (bounds.Waves ?? bounds.WavesBound);
            return (new(azs, campaign.Left, [], [], now, now + (byWaves > bounds.Time ? byWaves : bounds.Time), Exact: false, bounds), null);
        }

        var run = new Run(world, order.Order.Id);
        run.ToTheEnd();
        return (new(azs, campaign.Left, run.Outages, run.Waiting, now, run.Over ? world.Now : null, Exact: true, bounds), null);
    }

    private sealed class Run(PreviewWorld world, string campaign)
    {
        private readonly Dictionary<string, DateTimeOffset> _ends = [];
        private readonly List<PlannedOutage> _outages = [];

        public bool Over => world.Update.Campaigns[campaign].Over;

        public ImmutableArray<PlannedOutage> Outages => [.. _outages];

        public ImmutableArray<WaitingHost> Waiting =>
            Over ? [] : [.. world.Update.Parked.Values.Where(one => world.Update.Campaigns[campaign].Azs.Values.Any(az => az.Hosts.Contains(one.Host))).Select(one => new WaitingHost(one.Host, one.Check, one.Why, one.WakeOn))];

        public void ToTheEnd()
        {
            var idle = 0;
            for (var moments = 0; moments < MostMoments && !Over && idle < 8; moments++)
            {
                var before = (world.Update.Outages, world.Update.Campaigns);
                for (var rounds = 0; rounds < MostRounds && Round(); rounds++)
                {
                }

                // Nothing under way and the same refusals again: what keeps them is not of this plan's doing.
                idle = world.Update.Outages.IsEmpty && before.Outages.IsEmpty && !world.Update.Parked.IsEmpty ? idle + 1 : 0;
                if (!Over && Next() is { } next)
                {
                    world.Now = next;
                }
                else
                {
                    return;
                }
            }
        }

        /// <summary>All that is due at this moment, once; whether anything was.</summary>
        private bool Round()
        {
            foreach (var (host, end) in _ends.Where(one => one.Value <= world.Now).ToArray())
            {
                world.Complete(world.Fleet.Visits[host]);
                _ends.Remove(host);
            }

            var moved = !world.Send(new FollowCampaigns(world.Region), Actor.Engine, "preview").Events.IsEmpty;
            foreach (var command in Effects.Of(world.Update, world.Input))
            {
                var decision = world.Send(command, Actor.Engine, "preview");
                moved |= !decision.Events.IsEmpty;
                foreach (var visit in decision.Events.OfType<VisitsBegan>().SelectMany(began => began.Visits))
                {
                    Begun(visit);
                }
            }

            return Ask() || moved;
        }

        private void Begun(Visit visit)
        {
            var outage = world.Update.Outages[visit.Host];
            var plan = Effects.PlanOf(world.Update, outage);
            _ends[visit.Host] = world.Now + plan.P50;
            if (outage.Items.Any(item => item.Campaign == campaign))
            {
                _outages.Add(new(visit.Host, outage.Az, world.Now, world.Now + plan.P50, outage.Traits.Activities, outage.Saved));
            }
        }

        private bool Ask()
        {
            if (Candidates.Of(world.Update, world.Input) is not { IsEmpty: false } candidates)
            {
                return false;
            }

            var request = Asking.Of(world.Update, world.Input, candidates, mends: false);
            var hosts = request.Hosts;
            var answer = world.Send(request, Actor.Engine, "preview");
            var granted = world.Held.Requests.Held.TryGetValue(request.Request, out var held) ? held.Hosts : [];
            ImmutableArray<string> left = [.. hosts.Except(granted)];
            var denials = left.IsEmpty ? [] : world.WhyNot(request with { Request = $"{request.Request}/rest", Hosts = left, Max = null }, Actor.Engine, "preview");
            if (!denials.IsEmpty)
            {
                world.Send(new ParkHosts(world.Region, denials), Actor.Engine, "preview");
            }

            return !answer.Events.IsEmpty;
        }

        /// <summary>The next moment at which anything can change.</summary>
        private DateTimeOffset? Next()
        {
            var due = _ends.Values
                .Concat(world.Update.Outages.Values.Where(outage => outage.Baking).Select(outage => outage.Seen!.Returned!.Value + outage.Bake + TimeSpan.FromSeconds(1)))
                .Concat(world.Update.Parked.Values.Select(parked => parked.RetryAt))
                .Concat(world.Update.Campaigns.Values.Where(one => one.GoesOn).SelectMany(one => one.Azs.Values).Select(az => az.Velocity.Next(world.Now)).OfType<DateTimeOffset>())
                .Where(at => at > world.Now).ToArray();
            return due.Length == 0 ? null : due.Min();
        }
    }
}
