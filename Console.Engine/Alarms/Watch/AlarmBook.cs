using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Alarms.Watch;

/// <summary>Which alarms there are to evaluate, kept along with every commit; by length of their periods, because those end together.</summary>
public sealed class AlarmBook(IStates states) : ICommitObserver
{
    private readonly ConcurrentDictionary<string, byte> _dirty = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, WatchedAlarm>> _groups = new(StringComparer.Ordinal);
    private int _stirred = 1;
    private bool _loaded;

    /// <summary>How many alarms over streams are watched.</summary>
    public int Count => _groups.Values.Sum(group => group.Count);

    public void Committed(ImmutableArray<Recorded> events)
    {
        foreach (var recorded in events)
        {
            if (recorded.Stream.Family == AlarmStreams.Family)
            {
                Volatile.Write(ref _stirred, 1);
                if (recorded.Event is AlarmPut or AlarmRemoved)
                {
                    _dirty[recorded.Stream.Key] = 0;
                }
            }
            else if (recorded.Stream.Family == MaintenanceStreams.Family)
            {
                Volatile.Write(ref _stirred, 1);
            }
        }
    }

    /// <summary>Null where there is none, and for composites.</summary>
    public WatchedAlarm? Find(AlarmId id) => _groups.GetValueOrDefault(id.Group)?.GetValueOrDefault(id.Name);

    /// <summary>Whether anything of alarms has happened since it was last asked.</summary>
    internal bool TakeStirred() => Interlocked.Exchange(ref _stirred, 0) == 1;

    /// <summary>Reads what was changed; answers the alarms that are new or have another definition, and whether anything changed.</summary>
    internal (List<WatchedAlarm> Fresh, bool Changed) Refresh()
    {
        if (!_loaded)
        {
            _loaded = true;
            foreach (var group in states.All<AlarmGroup>(AlarmStreams.Family))
            {
                _dirty[group.State.Name] = 0;
            }
        }

        var fresh = new List<WatchedAlarm>();
        var changed = false;
        foreach (var name in _dirty.Keys)
        {
            _dirty.TryRemove(name, out _);
            changed = true;
            var known = _groups.GetValueOrDefault(name, ImmutableDictionary<string, WatchedAlarm>.Empty);
            var now = ImmutableDictionary.CreateBuilder<string, WatchedAlarm>(StringComparer.Ordinal);
            foreach (var (alarm, state) in states.Get<AlarmGroup>(AlarmStreams.Of(name)).Alarms.Where(alarm => alarm.Value.Definition.Rule is not null))
            {
                if (known.TryGetValue(alarm, out var before) && before.Alarm.Version == state.Version)
                {
                    now[alarm] = before;
                }
                else
                {
                    fresh.Add(now[alarm] = new(name, state));
                }
            }

            _groups[name] = now.ToImmutable();
        }

        return (fresh, changed);
    }

    internal IEnumerable<WatchedAlarm> All => _groups.Values.SelectMany(group => group.Values);
}
