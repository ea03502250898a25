using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Stateful;

/// <summary>What a run can say of hosts it gave out to be changed under reservations.</summary>
internal static class StatefulFacts
{
    /// <summary>Hosts whose end is known since the last look; null where there is none. A host is confirmed when it was given back and itself says the release (law 10).</summary>
    public static HostsSettled? Settled(RegionRun run, RunInput input)
    {
        var confirmed = ImmutableArray.CreateBuilder<string>();
        var casualties = ImmutableArray.CreateBuilder<Casualty>();
        var work = new WorkKey(run.Rollout, run.Stage, run.Attempt);
        foreach (var id in run.Pending.Order(StringComparer.Ordinal))
        {
            if (!input.Fleet.Hosts.TryGetValue(id, out var host))
            {
                casualties.Add(new(id, RunFacts.AzOf(run, input, id), run.Stage, input.Now, "it was taken out of the fleet"));
            }
            else if (input.Work?.FateOf(work, id) is { } fate)
            {
                if (!fate.Lost && host.Release == input.Rollout.Plan!.Release)
                {
                    confirmed.Add(id);
                }
                else
                {
                    casualties.Add(new(id, host.Az, run.Stage, input.Now, fate.Lost ? fate.Why : $"it was given back and says release {host.Release ?? "unknown"}"));
                }
            }
        }

        return confirmed.Count + casualties.Count == 0 ? null : new(confirmed.ToImmutable(), casualties.ToImmutable());
    }

    public static Wait? Wait(RegionRun run, RunInput input, IReadOnlyList<string> open, DateTimeOffset until) =>
        input.Rollout.Plan is { Stateful: true } && open.Count > 0 ? input.Work?.WaitOf(new(run.Rollout, run.Stage, run.Attempt), open, run.BatchSince, until, input.Now) : null;
}
