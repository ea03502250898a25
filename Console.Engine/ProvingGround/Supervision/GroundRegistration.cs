using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Fleet.Agent;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.ProvingGround.Releases;
using Host = OpsConsole.Domain.Fleet.Host;

namespace OpsConsole.Engine.ProvingGround.Supervision;

/// <summary>Makes the ground known to the console, down the one command path: its agents, its hosts in the fleet, its releases. Doing it again changes nothing.</summary>
internal sealed partial class GroundRegistration(
    GroundSupervisor supervisor,
    GroundClient client,
    GroundFolder folder,
    InProcessAgentDriver driver,
    ICommands commands,
    TimeProvider clock,
    ILogger<GroundRegistration> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    public static ImmutableArray<Host> HostsOf(GroundPlan plan, Func<string, string?> releaseOf) =>
    [
        .. plan.Hosts.Where(IsOfTheFleet).Select(host => new Host(
            host.Id,
            plan.Partition,
            plan.Region,
            host.Az,
            $"r{host.Slot + 1}",
            RoleOf(host.Role),
            RoleOf(host.Role).ToString().ToLowerInvariant(),
            "loopback",
            host.Slot,
            HostDriver.ProvingGround)
        {
            Validator = host.Validator,
            Release = releaseOf(host.Id),
        }),
    ];

    /// <summary>Router and customers are around the fleet, not of it.</summary>
    private static bool IsOfTheFleet(GroundHost host) => host.Role is GroundRole.Web or GroundRole.Index or GroundRole.Storage;

    private static HostRole RoleOf(GroundRole role) => role switch { GroundRole.Web => HostRole.Web, GroundRole.Index => HostRole.Index, _ => HostRole.Storage };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        foreach (var host in supervisor.Plan.Hosts.Where(IsOfTheFleet))
        {
            Directory.CreateDirectory(folder.Of(host.Id));
            driver.Register(new HostAgent(host.Id, new GroundHooks(host.Id, supervisor, client, folder, clock), new FileAgentMemory(folder.Of(host.Id), host.Id), clock));
        }

        var plan = supervisor.Plan;
        var hosts = HostsOf(plan, id => (InstalledRelease.Read(folder.ReleaseFile(id)) ?? ReleaseShelf.BaselineOf(plan[id].Role))?.Manifest.Version);
        await TellAsync(new PlaceHosts(plan.Region, plan.Partition, hosts, []), stoppingToken).ConfigureAwait(false);
        foreach (var release in ReleaseShelf.All.Concat(ReleaseShelf.Stateful))
        {
            await TellAsync(new RegisterRelease(new Release(release.Manifest.Service, release.Manifest.Version, release.Digest, RollForwardOnly: false, release.Manifest.Description)), stoppingToken).ConfigureAwait(false);
        }

        // The first way back: what the ground's hosts were made with.
        foreach (var role in (GroundRole[])[GroundRole.Web, GroundRole.Storage, GroundRole.Index])
        {
            await TellAsync(new AdoptRelease(ReleaseShelf.ServiceOf(role), ReleaseShelf.BaselineVersion), stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(ICommand command, CancellationToken cancel)
    {
        try
        {
            await InsistAsync(command, cancel).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A console without the slice that decides this command still has a ground to operate.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogRefused(command.GetType().Name, e.Message);
        }
    }

    /// <summary>Until it is accepted: the journal may be out of reach for a while. Any other refusal is told and left.</summary>
    private async Task InsistAsync(ICommand command, CancellationToken cancel)
    {
        while (true)
        {
            var result = await commands.SendAsync(new CommandRequest(command, Actor.Engine, Reason: "the proving ground as it is", Cause: "start"), cancel).ConfigureAwait(false);
            if (result.Rejection is not { } refused)
            {
                return;
            }

            LogRefused(command.GetType().Name, refused.ToString());
            if (refused.Kind != RejectionKind.Unavailable)
            {
                return;
            }

            await Task.Delay(Again, clock, cancel).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Command} was refused: {Why}")]
    private partial void LogRefused(string command, string why);
}
