using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Reservations;
using OpsConsole.Engine.Reservations.Authorities;
using OpsConsole.Tests.Scenarios;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Reservations.Contention;

/// <summary>The gate with its journal and its tick, without real time: it can be killed after any event and goes on from what is on disk. The laws are checked after every event.</summary>
internal sealed class ContentionWorld
{
    private readonly MemoryJournal _journal = new();
    private readonly AuthorityBook _authorities = new();
    private CommandPath _path = null!;
    private ReservationTick _tick = null!;

    public ContentionWorld(Random random)
    {
        Placed = RandomPlacement.Of(random);
        Oracle = new(Placed);
        _authorities.Set("storage", new PlacedSetsAuthority("placement", Placed.Sets));
        Build();
        _journal.AfterCommit = events =>
        {
            Oracle.After(events, States);
            if (KillAfter > 0 && events.Any(recorded => recorded.Sequence >= KillAfter))
            {
                KillAfter = 0;
                throw new EngineKilledException();
            }
        };
    }

    public ManualClock Clock { get; } = new();

    public RandomPlacement Placed { get; }

    public GateOracle Oracle { get; }

    public StreamStates States { get; private set; } = null!;

    public ReservationDesk Desk { get; private set; } = null!;

    public long Events => _journal.Events.Count;

    /// <summary>The engine is killed after this event; 0 for never.</summary>
    public long KillAfter { get; set; }

    public int Kills { get; private set; }

    public RegionReservations Held => States.Get<RegionReservations>(ReservationStreams.Of(RandomPlacement.Region));

    /// <summary>Null where the engine died before it answered.</summary>
    public Task<CommandResult?> SendAsync(ICommand command, Actor actor) => SurvivedAsync<CommandResult?>(async () => await _path.SendAsync(new(command, actor, "because")));

    public Task<RequestAnswer?> RequestAsync(RequestReservations request, Actor actor) => SurvivedAsync<RequestAnswer?>(async () => await Desk.RequestAsync(new(request, actor, "because"), CancellationToken.None));

    public async Task TickAsync(TimeSpan step)
    {
        Clock.Advance(step);
        await SurvivedAsync<object?>(async () =>
        {
            await _tick.TickAsync(Clock.GetUtcNow(), CancellationToken.None);
            return null;
        });
    }

    private async Task<T?> SurvivedAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (EngineKilledException)
        {
            Kills++;
            Build();
            await _path.LoadAsync(CancellationToken.None);
            return default;
        }
    }

    private void Build()
    {
        var decider = new ReservationDecider(_authorities, null, new NothingProven());
        States = new StreamStates([
            new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider(new ReservedHosts())),
            new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider()),
            new StreamFamily<RegionReservations>(ReservationStreams.Family, regional: true, decider)]);
        _path = new CommandPath(_journal, States, [], Clock);
        var denials = new DenialCounts();
        _tick = new(States, _path, denials);
        Desk = new(_path, States, decider, new WebhookAnswers(Clock), denials, Clock);
    }

    private sealed class NothingProven : IProvenReleases
    {
        public bool IsProven(IStates states, Host host, string version) => false;
    }
}
