using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Scenarios;

/// <summary>How a scripted host misbehaves.</summary>
public enum Fault
{
    None,

    /// <summary>Never answers again.</summary>
    Dies,

    /// <summary>Does not answer for a minute.</summary>
    Hangs,

    /// <summary>Says the step failed.</summary>
    Errors,

    /// <summary>Does the step, but the answer is lost once.</summary>
    LosesReply,

    /// <summary>Answers twice.</summary>
    DoublesReply,

    /// <summary>Answers two minutes late.</summary>
    RepliesLate,
}

/// <summary>
/// The hosts themselves, outside the engine: they live on when it is killed. Each does a step in a second, refuses old fencing tokens, and answers
/// the same command again without doing it again.
/// </summary>
public sealed class ScriptedHosts(ManualClock clock) : IHostDriver
{
    private readonly Dictionary<string, StepReport> _answered = [];
    private readonly Dictionary<string, long> _tokens = [];
    private readonly Dictionary<string, string?> _running = [];
    private readonly SortedDictionary<(string Host, HostChangeKind Kind), HostChange> _changes = [];
    private readonly PriorityQueue<(string Region, StepReport Report), DateTimeOffset> _replies = new();
    private readonly HashSet<string> _lostOnce = [];

    public HostDriver Kind => HostDriver.Simulated;

    /// <summary>What happens to a step; by default nothing.</summary>
    public Func<HostCommand, Fault> FaultOf { get; set; } = _ => Fault.None;

    /// <summary>Every different command that reached a host, in the order it first did.</summary>
    public List<HostCommand> Received { get; } = [];

    public List<string> Breaches { get; } = [];

    public string? Running(string host) => _running.GetValueOrDefault(host);

    public void Runs(string host, string release) => _running[host] = release;

    public void Send(HostCommand command)
    {
        if (_answered.TryGetValue(command.Id, out var before))
        {
            _replies.Enqueue((command.Host.Region, before), clock.GetUtcNow());
            return;
        }

        if (command.Token < _tokens.GetValueOrDefault(command.Host.Id))
        {
            Breaches.Add($"{command.Id} came with the old token {command.Token}");
            return;
        }

        _tokens[command.Host.Id] = command.Token;
        if (Received.All(one => one.Id != command.Id))
        {
            Received.Add(command);
        }

        Do(command, FaultOf(command));
    }

    /// <summary>The answers that are due by now.</summary>
    public IEnumerable<(string Region, StepReport Report)> Due()
    {
        while (_replies.TryPeek(out _, out var at) && at <= clock.GetUtcNow())
        {
            yield return _replies.Dequeue();
        }
    }

    private void Do(HostCommand command, Fault fault)
    {
        if (fault == Fault.Dies)
        {
            return;
        }

        if (fault != Fault.Errors && command.Step == HostStep.Start)
        {
            _running[command.Host.Id] = command.Release ?? _running.GetValueOrDefault(command.Host.Id);
            foreach (var change in command.Changes.Where(change => HostChange.LeavesVersion(change.Kind)))
            {
                _changes[(command.Host.Id, change.Kind)] = change;
            }
        }

        var report = new StepReport(command.Host.Id, command.Id, command.Token, fault != Fault.Errors, _running.GetValueOrDefault(command.Host.Id), fault == Fault.Errors ? "the process ended with code 3" : null)
        {
            Changes = command.Step == HostStep.Verify ? [.. _changes.Where(one => one.Key.Host == command.Host.Id).Select(one => one.Value)] : [],
            Sample = command.Step == HostStep.Verify && command.Host.Role != HostRole.Web ? new(200, 0) : null,
        };
        _answered[command.Id] = report;
        var at = clock.GetUtcNow() + (fault switch { Fault.Hangs => TimeSpan.FromMinutes(1), Fault.RepliesLate => TimeSpan.FromMinutes(2), _ => TimeSpan.FromSeconds(1) });
        if (fault == Fault.LosesReply && _lostOnce.Add(command.Id))
        {
            return;
        }

        _replies.Enqueue((command.Host.Region, report), at);
        if (fault == Fault.DoublesReply)
        {
            _replies.Enqueue((command.Host.Region, report), at + TimeSpan.FromMilliseconds(400));
        }
    }
}
