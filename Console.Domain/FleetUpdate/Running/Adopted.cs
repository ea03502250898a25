using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>Reservations that were granted and that Fleet Update has not written down yet: found among the charges, so that none is forgotten by a crash between the two.</summary>
public static class Adopted
{
    internal static void Tell(Story story, UpdateInput input)
    {
        var fresh = ImmutableArray.CreateBuilder<Outage>();
        foreach (var held in input.Held.Charged.Values.Where(one => one.Live && Asking.IsMine(one)).OrderBy(one => one.Host, StringComparer.Ordinal))
        {
            if (!story.State.Outages.TryGetValue(held.Host, out var known))
            {
                fresh.Add(Begin(story.State, input, held));
            }
            else if (known.Token < held.Token)
            {
                story.Tell(new OutageResumed(held.Host, held.Token, held.Request, held.Expires, held.CordEpoch));
            }
        }

        if (fresh.Count > 0)
        {
            story.Tell(new HostsGranted(fresh.ToImmutable()));
        }
    }

    /// <summary>What was ordered meanwhile goes along where nothing has been done on the host yet and the lease is long enough.</summary>
    internal static void Join(Story story, UpdateInput input)
    {
        foreach (var outage in story.State.Outages.Values.Where(one => one is { Baking: false, Resumed: 0 } && input.VisitOf(one) is null))
        {
            if (input.ChargeOf(outage) is not { } held || !VisitPlan.MayJoin(held.State))
            {
                continue;
            }

            var plan = input.PlanFor(story.State, outage.Host, outage.Az);
            var items = ItemsOf(plan);
            if (items.Length > outage.Items.Length && outage.Items.All(items.Contains) && input.Now + plan.P99 <= outage.Expires)
            {
                story.Tell(new OutageJoined(outage.Host, items, Words(plan), plan.Bake, plan.Saved));
            }
        }
    }

    /// <summary>What is to be done, as it is planned now; nothing where all was done or given up meanwhile, and then the host is given back.</summary>
    private static Outage Begin(FleetUpdateState state, UpdateInput input, Reservation held)
    {
        var plan = input.PlanFor(state, held.Host, held.Az);
        var host = input.Fleet.Hosts.GetValueOrDefault(held.Host);
        var traits = new HostTraits(held.Az, held.Rack, held.Model, host?.Firmware ?? "unknown", host?.Release ?? "unknown", Words(plan));
        return new(held.Host, held.Az, ItemsOf(plan), held.Token, held.Request, held.GrantedAt, held.Expires, held.CordEpoch, traits, plan.Bake, plan.Saved);
    }

    internal static ImmutableArray<OutageItem> ItemsOf(VisitPlan plan) => [.. plan.Items.Select(item => new OutageItem(item.Campaign, item.Index))];

    internal static ImmutableArray<string> Words(VisitPlan plan) => [.. plan.Items.Select(item => item.Activity.Version is null ? $"{item.Activity.Kind}" : item.Activity.Artifact).Distinct()];
}
