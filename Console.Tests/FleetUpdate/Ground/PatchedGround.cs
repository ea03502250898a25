using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.Fleet.Agent;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Customers;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Supervision;
using OpsConsole.Tests.ProvingGround;

namespace OpsConsole.Tests.FleetUpdate.Ground;

/// <summary>A ground and an engine over it; usually with a spare storage host in each AZ, so that a lost one's shards find a place.</summary>
internal sealed class PatchedGround : IAsyncDisposable
{
    public const string Region = "local-1";
    private static readonly Actor Ada = Actor.Person("ada", Role.Admin);
    private readonly IHost _console;

    private PatchedGround(string folder, Func<GroundOptions, GroundOptions> change) =>
        (Folder, _console) = (folder, GroundFixture.MakeConsole(change(new GroundOptions { Folder = folder, WebHostsPerAz = 1, StorageHostsPerAz = 4, CustomerRate = 15, RepairDelay = TimeSpan.FromSeconds(12), StopWithConsole = true, Probe = false })));

    public string Folder { get; }

    public GroundSupervisor Supervisor => _console.Services.GetRequiredService<GroundSupervisor>();

    public GroundClient Client => _console.Services.GetRequiredService<GroundClient>();

    public IStates States => _console.Services.GetRequiredService<IStates>();

    public RegionFleet Fleet => States.Get<RegionFleet>(FleetStreams.Of(Region));

    public FleetUpdateState State => States.Get<FleetUpdateState>(FleetUpdateStreams.Of(Region));

    public RegionReservations Held => States.Get<RegionReservations>(ReservationStreams.Of(Region));

    /// <summary>The last that the ground tells of itself.</summary>
    private bool Adopted => States.Get<ReleaseCatalog>(ReleaseStreams.Of("index")).Releases.Values.Any(release => release.ProvenAt is not null);

    public IReadOnlyList<Recorded> Events => ((MemoryJournal)_console.Services.GetRequiredService<IJournal>()).Events;

    public StorePlacement? Placement => _console.Services.GetServices<IPlacementSource>().Select(source => source.Now(new("storage", Region))).FirstOrDefault(one => one is not null);

    public static async Task<PatchedGround> StartedAsync(Func<GroundOptions, GroundOptions>? change = null)
    {
        var ground = new PatchedGround(Path.Combine(Path.GetTempPath(), $"patched-{Environment.ProcessId}-{Guid.NewGuid():N}"), change ?? (same => same));
        await ground._console.StartAsync();
        await ground.Supervisor.Ready.WaitAsync(TimeSpan.FromSeconds(120));
        await ground.UntilAsync(() => ground.Fleet.Hosts.Count >= 13 && ground.Adopted && ground.Placement is { Integrity.BySlack.IsEmpty: false, Gone.IsEmpty: true }, TimeSpan.FromSeconds(60), () => "the ground is known");
        return ground;
    }

    public async Task MustAsync(ICommand command)
    {
        var result = await _console.Services.GetRequiredService<ICommands>().SendAsync(new(command, Ada, "because"));
        Assert.True(result.Accepted, $"{result.Rejection}");
    }

    public Task<CustomersReport?> CustomersAsync() => Client.CustomersAsync(Supervisor.Plan.Of(GroundRole.Customers).Single(), CancellationToken.None);

    public Task UntilAsync(Func<bool> holds, TimeSpan limit, Func<string> words) => UntilAsync(() => Task.FromResult(holds()), limit, words);

    public async Task UntilAsync(Func<Task<bool>> holds, TimeSpan limit, Func<string> words)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await holds();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < limit, $"not within {limit}: {words()}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>As a customer of the store, without a retry.</summary>
    public AmazonS3Client Customer()
    {
        var guest = new GroundFolder(Folder).Accounts().Guest;
        return new(new BasicAWSCredentials(guest.Id, guest.Secret), new AmazonS3Config { ServiceURL = Supervisor.Plan.Router.Address.ToString(), ForcePathStyle = true, AuthenticationRegion = Region, MaxErrorRetry = 0 });
    }

    /// <summary>From now on the machine goes down for good, and its agent with it, in the step of a visit that restarts it.</summary>
    public void DiesWhenStarted(string host) =>
        _console.Services.GetRequiredService<InProcessAgentDriver>().Register(new HostAgent(host, new DyingHost(host, () => ProcessTable.Kill(Supervisor.RunningOf(host)!)), new FleetingAgentMemory(), TimeProvider.System));

    public async ValueTask DisposeAsync()
    {
        await _console.StopAsync();
        _console.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PatchedGroundCollection
{
    public const string Name = "patched ground";
}
