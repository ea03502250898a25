using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Fleet;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>The simulated hosts of one region, and the answers they owe.</summary>
internal sealed class SimulatedRegion(string name, SimulationOptions options, IHostReports reports, TimeProvider clock)
{
    private const int SampledShards = 200;

    /// <summary>The partition whose endpoint a release carries everywhere, where it does.</summary>
    private const string Home = "commercial";

    private readonly Lock _lock = new();
    private readonly Chance _chance = new(options.Seed);
    private readonly Dictionary<string, SimulatedHost> _hosts = [];
    private readonly PriorityQueue<HostCommand, DateTimeOffset> _due = new();

    public string Name => name;

    public int InFlight
    {
        get
        {
            lock (_lock)
            {
                return _due.Count;
            }
        }
    }

    public void Send(HostCommand command)
    {
        lock (_lock)
        {
            var host = HostOf(command);
            if (command.Token < host.Token)
            {
                Say(command, new StepReport(command.Host.Id, command.Id, command.Token, false, null, string.Create(CultureInfo.InvariantCulture, $"refused: fencing token {command.Token} is older than {host.Token}")));
            }
            else if (host.Answered == command.Id)
            {
                Say(command, host.Answer!);
            }
            else if (host.InHand != command.Id)
            {
                (host.Token, host.InHand) = (command.Token, command.Id);
                Begin(command);
            }
        }
    }

    /// <summary>Hands in all answers that are due.</summary>
    public void Answer(DateTimeOffset now)
    {
        lock (_lock)
        {
            while (_due.TryPeek(out var command, out var at) && at <= now)
            {
                _due.Dequeue();
                if (_hosts[command.Host.Id] is var host && host.InHand == command.Id)
                {
                    Finish(host, command);
                }
            }
        }
    }

    public string?[] ReleasesOf(ImmutableArray<Host> hosts)
    {
        lock (_lock)
        {
            return [.. hosts.Select(host => _hosts.TryGetValue(host.Id, out var known) ? known.Release : null)];
        }
    }

    /// <summary>After a restart the fleet is what is left of the world: a step after the installation tells that it took place.</summary>
    private SimulatedHost HostOf(HostCommand command)
    {
        if (!_hosts.TryGetValue(command.Host.Id, out var host))
        {
            var installed = command.Step is HostStep.Start or HostStep.Verify or HostStep.Restore;
            _hosts[command.Host.Id] = host = new SimulatedHost { Release = installed ? command.Release ?? command.Host.Release : command.Host.Release };
            foreach (var change in installed ? command.Changes : [])
            {
                host.Install(change);
            }
        }

        return host;
    }

    private void Begin(HostCommand command)
    {
        if (Befalls(options.HungVisits, "hang", command))
        {
            return;
        }

        var (low, high) = SimulationOptions.SecondsOf(command.Step);
        _due.Enqueue(command, clock.GetUtcNow() + TimeSpan.FromSeconds(options.Pace * _chance.Between(low, high, "takes", command.Id)));
    }

    private void Finish(SimulatedHost host, HostCommand command)
    {
        var fault = Fault(command);
        if (fault is null && command.Step == HostStep.Install)
        {
            host.Release = command.Release ?? host.Release;
            foreach (var change in command.Changes)
            {
                host.Install(change);
            }
        }

        var says = fault is null && command.Step is HostStep.Verify or HostStep.Restore ? host.Release : null;
        (host.Answered, host.Answer, host.InHand) = (command.Id, new StepReport(command.Host.Id, command.Id, command.Token, fault is null, says, fault) { Changes = fault is null && command.Step == HostStep.Verify ? host.Versions : [], Sample = Sample(command, fault) }, null);
        if (_chance.Of("lost", command.Id) >= options.LostReplies)
        {
            Say(command, host.Answer);
        }

        if (_chance.Of("doubled", command.Id) < options.DoubledReplies)
        {
            Say(command, host.Answer);
        }
    }

    /// <summary>Stateful hosts read some of their shards back; a simulated one finds them whole.</summary>
    private static ShardSample? Sample(HostCommand command, string? fault) => fault is null && command.Step == HostStep.Verify && command.Host.Role != HostRole.Web ? new(SampledShards, 0) : null;

    private string? Fault(HostCommand command)
    {
        switch (SimulatedReleases.Of(command.Host.Service, command.Release))
        {
            case Behaviour.DoesNotStart when command.Step == HostStep.Start:
                return "the process ended with code 1 within a second of its start";
            case Behaviour.WrongEndpoint when command.Step == HostStep.Verify && command.Host.Partition != Home:
                return $"it does not reach what it needs: the endpoint of the index is one of partition {Home}, and this is {command.Host.Partition}";
        }

        return Befalls(options.FailedVisits, "fail", command)
            ? command.Step switch
            {
                HostStep.Drain => "connections did not drain",
                HostStep.Install => "no space left on device",
                HostStep.Start => "the process did not answer its health check",
                HostStep.Verify => "the health check failed",
                _ => "the host did not take traffic",
            }
            : null;
    }

    /// <summary>At most one step of a visit is struck, each equally often.</summary>
    private bool Befalls(double share, string what, HostCommand command)
    {
        var visit = command.Id[..command.Id.LastIndexOf('/')];
        return share > 0 && _chance.Of(what, visit) < share
            && (command.Step is HostStep.ReadOnlyOn or HostStep.ReadOnlyOff || (HostStep)(int)(5 * _chance.Of($"{what}-step", visit)) == command.Step);
    }

    private void Say(HostCommand command, StepReport report) => reports.Report(command.Host.Region, report);

    private sealed class SimulatedHost
    {
        public long Token { get; set; }

        public string? Release { get; set; }

        /// <summary>Firmware and OS patch.</summary>
        public ImmutableArray<HostChange> Versions { get; private set; } = [];

        public string? InHand { get; set; }

        public string? Answered { get; set; }

        public StepReport? Answer { get; set; }

        public void Install(HostChange change) =>
            Versions = HostChange.LeavesVersion(change.Kind) ? Versions.RemoveAll(one => one.Kind == change.Kind).Add(change) : Versions;
    }
}
