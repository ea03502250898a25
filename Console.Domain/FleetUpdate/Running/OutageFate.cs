using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>What has become of hosts that are out, or are back and bake.</summary>
internal static class OutageFate
{
    public static void Tell(Story story, UpdateInput input)
    {
        var returned = ImmutableArray.CreateBuilder<ReturnedHost>();
        var settled = ImmutableArray.CreateBuilder<SettledHost>();
        foreach (var outage in story.State.Outages.Values)
        {
            if (outage.Baking)
            {
                var seen = Bake(outage, input);
                if (outage.Rule.Judge(seen) is { } cause)
                {
                    settled.Add(new(outage.Host, cause, $"while it baked: {Words(cause, input, outage)}"));
                }
                else if (outage.Rule.IsOver(seen, input.Now))
                {
                    settled.Add(new(outage.Host, null, null));
                }
            }
            else if (Out(story.State, outage, input) is { } end)
            {
                if (end.Returned is { } back)
                {
                    returned.Add(back);
                }

                if (end.Settled is { } one)
                {
                    settled.Add(one);
                }

                if (end.Dropped is { } dropped)
                {
                    story.Tell(dropped);
                }
            }
        }

        if (returned.Count > 0)
        {
            story.Tell(new HostsReturned(returned.ToImmutable()));
        }

        if (settled.Count > 0)
        {
            story.Tell(new HostsSettled(settled.ToImmutable()));
        }
    }

    private sealed record End(ReturnedHost? Returned = null, SettledHost? Settled = null, OutageDropped? Dropped = null);

    /// <summary>Null while it goes on.</summary>
    private static End? Out(FleetUpdateState state, Outage outage, UpdateInput input)
    {
        var (visit, charge) = (input.VisitOf(outage), input.ChargeOf(outage));
        if (input.Interrupted(outage) && outage.Items.All(item => !state.Campaigns.TryGetValue(item.Campaign, out var campaign) || campaign.Over))
        {
            // Nobody will take it up again: others may have the host, suspect as it is.
            return new(Dropped: new(outage.Host, "the cord stopped it, and what it was away for was given up; it stays suspect"));
        }

        if (visit is null)
        {
            // Resumed once, it was worked on before, and is not simply open again.
            return charge is { Live: true } || input.Interrupted(outage) ? null
                : outage.Resumed > 0 ? new(Settled: new(outage.Host, CasualtyCause.Remediated, "somebody else ended its charge before it was taken up again"))
                : new(Dropped: new(outage.Host, charge is null ? "its reservation was given back before anything was done" : $"its reservation ended before anything was done: {charge.Trouble}"));
        }

        if (visit is { Status: VisitStatus.Done, AtPull: SafePoint.TurnBack })
        {
            return charge is { Live: true } ? null : new(Dropped: new(outage.Host, "the cord was pulled before anything was changed, and it went back into service as it was"));
        }

        if (visit.Status == VisitStatus.Done)
        {
            return charge is null ? new(Returned: new(outage.Host, new(visit.Since, visit.EndedAt ?? input.Now) { ShardsChecked = visit.Sample?.Checked ?? 0, ShardsCorrupt = visit.Sample?.Mismatches ?? 0 }))
                : charge.Live ? null
                : new(Settled: new(outage.Host, visit.Sample is { Mismatches: > 0 } ? CasualtyCause.CorruptShards : CasualtyCause.LeaseExpired, charge.Trouble ?? "it is suspect"));
        }

        // What the cord interrupted is no casualty: it waits for a person, and is taken up again.
        if (charge is null || charge.Live || input.Interrupted(outage))
        {
            return charge is null ? new(Settled: new(outage.Host, CasualtyCause.Remediated, "its reservation was taken away while it was out")) : null;
        }

        var late = visit.Status != VisitStatus.Failed || visit.EndedAt >= visit.Deadline;
        return new(Settled: new(outage.Host, late ? CasualtyCause.LeaseExpired : CasualtyCause.FailedChecks, visit.Detail ?? charge.Trouble));
    }

    private static HostReturn Bake(Outage outage, UpdateInput input)
    {
        var host = input.Fleet.Hosts.GetValueOrDefault(outage.Host);
        var troubled = host is null || host.State is HostState.Casualty or HostState.Unknown;
        var charge = input.Held.Charged.GetValueOrDefault(outage.Host);
        var mended = charge is not null && (!charge.Live || charge.Worker.Kind is WorkerKind.Remediation or WorkerKind.Emergency);
        return outage.Seen! with { ChecksFailed = troubled ? input.Now : null, Remediated = mended ? input.Now : null };
    }

    private static string Words(CasualtyCause cause, UpdateInput input, Outage outage) =>
        cause switch
        {
            CasualtyCause.CorruptShards => $"{outage.Seen!.ShardsCorrupt} of {outage.Seen.ShardsChecked} shards were corrupt",
            CasualtyCause.FailedChecks => $"it is {input.Fleet.Hosts.GetValueOrDefault(outage.Host)?.State.ToString().ToLowerInvariant() ?? "gone from the fleet"}",
            _ => $"{input.Held.Charged.GetValueOrDefault(outage.Host)?.Worker.Name ?? "somebody"} had to mend it",
        };
}
