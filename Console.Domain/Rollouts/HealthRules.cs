using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Rollouts.Queue;

namespace OpsConsole.Domain.Rollouts;

/// <summary>What holds of gates on hosts, of timers and of the velocity.</summary>
internal static class HealthRules
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(30);

    public static void Check(Pipeline pipeline, Action<bool, string, string> add)
    {
        add(pipeline.Velocity?.Hosts is < 1, "velocity.hosts", "give 1 or more hosts an hour; leave it out for no limit.");
        add(pipeline.Velocity?.Casualties is < 0, "velocity.casualties", "give 0 or more casualties an hour; leave it out for no limit.");
        add(pipeline.Hotfix?.Bakes is < HotfixRules.Least or > 100, "hotfix.bakes", $"give {HotfixRules.Least}% to 100%: a bake that is shortened to nothing is none.");
        Timers(pipeline, pipeline.Gates, "gates", add);
        Timers(pipeline, pipeline.Rollback.Gates, "rollback.gates", add);
        foreach (var (gate, at) in pipeline.Gates.Select((gate, i) => (gate, $"gates[{i}]")).Concat(pipeline.Rollback.Gates.Select((gate, i) => (gate, $"rollback.gates[{i}]"))).Where(one => one.gate.Service is not null))
        {
            add(!PipelineRules.IsName(gate.Service) || gate.Service == pipeline.Service, $"{at}.service", "name another service than the pipeline's own, or leave it out.");
            add(gate.Canary is not null || gate.Hosts is not null, $"{at}.service", "another service is judged by limits: its hosts do not run the release, and the plan does not count them.");
        }
    }

    /// <param name="at">The list of gates it stands in.</param>
    /// <param name="path">The gate's own.</param>
    public static void Check(Gate gate, bool limited, string at, string path, Action<bool, string, string> add)
    {
        Outside(gate, path, add);
        if (gate.Hosts is not { } rule)
        {
            return;
        }

        add(limited || gate.Canary is not null, path, "it counts hosts beside another limit; make two gates of it.");
        add(gate.OverBake, $"{path}.over", "hosts are counted as they are now; leave it out.");
        add(rule.All.All(one => one.Limit is null), $"{path}.hosts", "it has no limit; give az, region, fleet, azIncrease, regionIncrease or fleetIncrease.");
        add(at != "gates" && (rule.Fleet ?? rule.FleetIncrease) is not null, $"{path}.hosts", "a rollback is judged region by region; leave out fleet and fleetIncrease.");
        foreach (var (name, limit) in rule.All)
        {
            add(limit is < 0 or > 100, $"{path}.hosts.{name}", "give a percent from 0% to 100%.");
        }
    }

    private static void Outside(Gate gate, string path, Action<bool, string, string> add)
    {
        add(gate.Alarms is not null && gate.Query is not null, path, "it obeys alarms and asks a source; make two gates of it.");
        add(gate.Outside && (gate.Canary is not null || gate.Hosts is not null || gate.OverBake || gate.MaxIncrease is not null || gate.MaxRatio is not null), path, "what alarms and sources say has no hosts to compare with: give max or min, and leave out canary, hosts, over, maxIncrease and maxRatio.");
        add(gate.Outside && gate.Service is not null, $"{path}.service", "leave it out; name the service in the query, or choose its alarms.");
        if (gate.Alarms is { } alarms)
        {
            add(gate.Min is not null, $"{path}.min", "leave it out: the number is how many alarms are in ALARM.");
            add(!alarms.Which.All(one => one.Split('/') is [var group, var name] ? AlarmRules.IsName(group) && AlarmRules.IsName(name) : one.Split(':') is ["tag" or "group", var word] && AlarmRules.IsName(word)), $"{path}.alarms", "name alarms as group/name, tag:NAME or group:NAME, or write 'all'.");
        }

        if (gate.Query is { } query)
        {
            add(!PipelineRules.IsName(query.Source), $"{path}.source", "name a source of the file sources.json in the data folder.");
            add(query.Query.Length is 0 or > GateQuery.Longest, $"{path}.query", $"give 1 to {GateQuery.Longest} characters.");
        }
    }

    private static void Timers(Pipeline pipeline, IEnumerable<Gate> gates, string at, Action<bool, string, string> add)
    {
        foreach (var (timer, path) in gates.Select((gate, i) => (gate.Timer, $"{at}[{i}].timer")))
        {
            if (timer is null)
            {
                continue;
            }

            foreach (var (name, time) in new[] { ("wait", timer.Wait), ("stable", timer.Stable), ("retry", timer.Retry), ("budget", timer.Budget ?? TimeSpan.Zero) })
            {
                add(time < TimeSpan.Zero || time > LongestTime, $"{path}.{name}", "give 0s to 30d.");
            }

            var wrong = timer.Wrong(pipeline.Limits.Az, pipeline.Limits.Stage);
            add(wrong is not null, path, wrong ?? "");
        }
    }
}
