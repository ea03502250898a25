using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Tests.Scenarios.Killed;

/// <summary>
/// Hosts that outlive the engine's process: all they know is in a file of the commands that reached them. They answer at the next tick; an answer
/// that was under way when the engine died is lost. Their health is a function of what they run.
/// </summary>
internal sealed class LoggedHosts(string folder, IHostReports reports, bool bad) : IHostDriver, IHealthSource, ITickPart
{
    private readonly List<(string Region, StepReport Report)> _answers = [];

    public HostDriver Kind => HostDriver.Simulated;

    private string Log => Path.Combine(folder, "commands.log");

    public static string[] CommandIds(string folder) => [.. File.ReadLines(Path.Combine(folder, "commands.log")).Select(line => line.Split('\t')[0]).Distinct().Order(StringComparer.Ordinal)];

    public void Send(HostCommand command)
    {
        File.AppendAllText(Log, $"{command.Id}\t{command.Host.Id}\t{command.Step}\t{command.Release}\n");
        var release = command.Step < HostStep.Start ? Running(command.Host.Id) : command.Release;
        _answers.Add((command.Host.Region, new(command.Host.Id, command.Id, command.Token, true, release, null)));
    }

    public ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        _answers.ForEach(answer => reports.Report(answer.Region, answer.Report));
        _answers.Clear();
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<Reading>> ReadAsync(HealthQuery query, CancellationToken cancel)
    {
        var sick = bad && query.Candidates.Any(host => host.EndsWith("b1", StringComparison.Ordinal) && Running(host) == SmallFleet.New);
        return ValueTask.FromResult<ImmutableArray<Reading>>(
        [
            new(Metrics.ErrorRate, "router", sick ? 0.4 : 0.001, 100) { Baseline = 0.001, BaselineSamples = 100 },
            new(Metrics.LatencyP99, "router", 20, 100) { Baseline = 20, BaselineSamples = 100 },
            new(Metrics.Availability, "host", 1, 20),
            new(Metrics.ProbeSuccess, "probe", 1, 30),
        ]);
    }

    private string Running(string host) =>
        File.Exists(Log) ? File.ReadLines(Log).Select(line => line.Split('\t')).LastOrDefault(line => line[1] == host && Enum.Parse<HostStep>(line[2]) >= HostStep.Start)?[3] ?? SmallFleet.Old : SmallFleet.Old;
}
