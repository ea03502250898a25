using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Cord;

/// <summary>One region's lock and what went through it: at most one command a host. Only one tick at a time sends through it; others may look, or pass through.</summary>
internal sealed class RegionDoor(string region)
{
    private const int Spare = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (HostCommand Command, Visit Visit, DateTimeOffset At)> _out = [];

    // What follows is the tick's alone.
    private readonly HashSet<string> _held = [];
    private readonly Queue<(string Host, DateTimeOffset At)> _resend = new();
    private HostDictionary<Visit>? _looked;

    /// <summary>Active visits whose command is not out, by host: those that changed since the last look, those that were held then, and those whose answer is overdue.</summary>
    public Visit[] Due(RegionFleet fleet, DateTimeOffset now)
    {
        var hosts = _held.ToHashSet();
        foreach (var visit in fleet.Visits.ChangedSince(_looked))
        {
            if (visit.Status == VisitStatus.Active)
            {
                hosts.Add(visit.Host);
            }
        }

        while (_resend.TryPeek(out var sent) && now - sent.At >= HostGate.ResendAfter)
        {
            hosts.Add(_resend.Dequeue().Host);
        }

        Visit[] due = [.. hosts.Select(host => fleet.Visits.GetValueOrDefault(host)).OfType<Visit>().Where(visit => visit.Status == VisitStatus.Active && !IsOut(visit, now)).OrderBy(visit => visit.Host, StringComparer.Ordinal)];

        // Held until it is sent: where the tick ends half-way, the next one finds the rest here.
        _looked = fleet.Visits;
        _held.Clear();
        _held.UnionWith(due.Select(visit => visit.Host));
        return due;
    }

    public void Send(Visit visit, DateTimeOffset now, Func<Visit, string, DateTimeOffset, HostCommand?> may, Action<HostCommand> leave)
    {
        lock (_lock)
        {
            if (may(visit, region, now) is { } command)
            {
                _out[visit.Host] = (command, visit, now);
                _resend.Enqueue((visit.Host, now));
                _held.Remove(visit.Host);
                leave(command);
            }
        }
    }

    public bool Has(string host, string command)
    {
        lock (_lock)
        {
            return _out.TryGetValue(host, out var last) && last.Command.Id == command;
        }
    }

    public IReadOnlyList<HostCommand> Out()
    {
        lock (_lock)
        {
            return [.. _out.Values.Select(one => one.Command)];
        }
    }

    /// <summary>Lets go of commands whose visits have ended, once they are the most of what is kept: a fleet's last commands need not stay in memory.</summary>
    public void Forget(RegionFleet fleet)
    {
        lock (_lock)
        {
            if (_out.Count > Spare + (2 * fleet.Active.Sum(az => az.Value.Count)))
            {
                foreach (var (host, (command, _, _)) in _out)
                {
                    if (!fleet.Active.TryGetValue(command.Host.Az, out var active) || !active.Contains(host))
                    {
                        _out.Remove(host);
                    }
                }
            }
        }
    }

    /// <summary>Returns when nobody is inside: whoever comes after sees what was set before.</summary>
    public void PassThrough()
    {
        lock (_lock)
        {
        }
    }

    private bool IsOut(Visit visit, DateTimeOffset now) =>
        _out.TryGetValue(visit.Host, out var last) && last.Visit.Step == visit.Step && last.Visit.Id == visit.Id && now - last.At < HostGate.ResendAfter;
}
