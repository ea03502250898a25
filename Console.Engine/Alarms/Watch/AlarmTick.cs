using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Alarms.Watch;

/// <summary>
/// The alarms' share of the tick: evaluates those whose period has ended, some thousands at a time, and sends what changed down the one path. States are in the
/// journal; what is kept here can be lost.
/// </summary>
public sealed partial class AlarmTick(ICommands commands, IStates states, AlarmBook book, MetricStore store, ILogger<AlarmTick> log) : ITickPart
{
    /// <summary>A period is evaluated this long after its end: what was observed in it may come late.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private const int MostInOneTick = 20_000;
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly AlarmEvaluator _evaluator = new(store);
    private readonly Queue<WatchedAlarm> _fresh = new();
    private AlarmRound[] _rounds = [];
    private DateTimeOffset _checked;
    private DateTimeOffset _swept;

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var findings = Evaluate(now - Grace);
        foreach (var group in findings)
        {
            await SendAsync(group.Key, group.Value.ToImmutable(), cancel).ConfigureAwait(false);
        }

        // Composites follow from states and holds from time: looked at when anything happened, and once a second.
        if (book.TakeStirred() || now >= _checked + Recheck)
        {
            _checked = now;
            foreach (var group in states.All<AlarmGroup>(AlarmStreams.Family).Select(group => group.State).Where(group => !group.Restless.IsEmpty))
            {
                if (!AlarmAdvance.Due(group, [], states, now).IsEmpty)
                {
                    await SendAsync(group.Name, [], cancel).ConfigureAwait(false);
                }
            }
        }

        if (now >= _swept + SweepEvery)
        {
            _swept = now;
            store.Sweep();
        }
    }

    private Dictionary<string, ImmutableArray<AlarmFinding>.Builder> Evaluate(DateTimeOffset settled)
    {
        var found = new Dictionary<string, ImmutableArray<AlarmFinding>.Builder>(StringComparer.Ordinal);
        if (book.Refresh() is { Changed: true } read)
        {
            read.Fresh.ForEach(_fresh.Enqueue);
            var before = _rounds.ToDictionary(round => round.Period);
            _rounds = [.. book.All.GroupBy(alarm => alarm.Rule.Period).OrderBy(period => period.Key).Select(period => before.GetValueOrDefault(period.Key)?.With([.. period]) ?? new AlarmRound(period.Key, [.. period]))];
        }

        var left = MostInOneTick;
        for (; left > 0 && _fresh.TryDequeue(out var alarm); left--)
        {
            Look(alarm, AlarmRound.EndAt(settled, alarm.Rule.Period), found);
        }

        foreach (var round in _rounds)
        {
            foreach (var alarm in round.Take(settled, left))
            {
                left--;
                Look(alarm, round.End, found);
            }
        }

        return found;
    }

    private void Look(WatchedAlarm alarm, DateTimeOffset end, Dictionary<string, ImmutableArray<AlarmFinding>.Builder> found)
    {
        if (states.Get<AlarmGroup>(AlarmStreams.Of(alarm.Group)).Alarms.GetValueOrDefault(alarm.Alarm.Definition.Name) is { } now && _evaluator.Evaluate(alarm, now, states.Get<MaintenanceBook>(MaintenanceStreams.Only), end) is { } finding)
        {
            (found.TryGetValue(alarm.Group, out var group) ? group : found[alarm.Group] = ImmutableArray.CreateBuilder<AlarmFinding>()).Add(finding);
        }
    }

    private async Task SendAsync(string group, ImmutableArray<AlarmFinding> findings, CancellationToken cancel)
    {
        var result = await commands.SendAsync(new(new AdvanceAlarms(group, findings), Actor.Engine, Cause: "tick"), cancel).ConfigureAwait(false);
        if (result.Rejection is { } rejection)
        {
            LogRefused(group, rejection.Code, rejection.Why);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "what was found of the alarms {Group} was refused ({Code}): {Why}; it is found again with the next period")]
    private partial void LogRefused(string group, string code, string why);
}
