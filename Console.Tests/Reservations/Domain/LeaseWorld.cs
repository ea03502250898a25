using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations;

/// <summary>Storage hosts h1 to h9 in three AZs, each in a rack of its own; h1 and h2 share a set of which one host may be gone. Decided and folded without an engine.</summary>
internal sealed class LeaseWorld
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly ReservationDecider _decider;

    public LeaseWorld(ISafetyAuthority? authority = null, ReservationPolicy? policy = null)
    {
        _decider = new(new OneAuthority(authority ?? new PlacedSetsAuthority("placement", new(1, null, [new(false, 0)], [new("s1", ["h1", "h2", "h4"], 2)]))));
        States.Fleet = new RegionFleet("r1") { Hosts = HostDictionary<Host>.Of(Enumerable.Range(1, 9).Select(Host), host => host.Id) };
        States.Held = States.Held with { Policy = policy ?? new() { OfflineShare = 1 } };
    }

    public FixedStates States { get; } = new();

    public RegionReservations Held => States.Held;

    public List<IEvent> Events { get; } = [];

    public DateTimeOffset Start { get; } = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);

    public void At(TimeSpan since) => Now = Start + since;

    public static Actor Actor(string id) => id == "engine" ? OpsConsole.Domain.Access.Actor.Engine : OpsConsole.Domain.Access.Actor.Person(id["person:".Length..], Role.Admin);

    public DecisionContext Context(string actor, string? reason = "because") => new(Now, Actor(actor), reason, States);

    public DryRun Examine(RequestReservations request, string actor = "person:ada") => _decider.Examine(Held, request, Context(actor));

    /// <summary>Why it was refused; null where it was done.</summary>
    public Rejection? Send(ICommand command, string actor = "person:ada", string? reason = "because")
    {
        var decision = _decider.Decide(Held, command, Context(actor, reason));
        foreach (var happened in decision.Events)
        {
            Events.Add(happened);
            States.Held = _decider.Apply(Held, happened, Now);
        }

        return decision.Rejection;
    }

    public static RequestReservations Ask(string request, params string[] hosts) =>
        new("r1", request, [.. hosts], WorkerKind.PlannedAutomation, [new(ActivityKind.OsPatch)], TimeSpan.FromMinutes(30));

    public Rejection? Pull(CordMode mode, Scope? scope = null)
    {
        var epoch = States.Cord.Epoch + 1;
        States.Cord = new CordDecider().Apply(States.Cord, new CordPulled($"c-{epoch}", scope ?? Scope.Global, mode, "person:x", "smoke", epoch), Now);
        return null;
    }

    public void ReleaseCord() => States.Cord = new CordDecider().Apply(States.Cord, new CordReleased(States.Cord.InForce[0].Id, "person:x", "out", States.Cord.Epoch + 1), Now);

    /// <summary>What is left after the state was on disk.</summary>
    public Rejection? Restart()
    {
        States.Held = JsonSerializer.Deserialize<RegionReservations>(JsonSerializer.Serialize(Held, Json), Json)!;
        return null;
    }

    private static Host Host(int n) =>
        new($"h{n}", "p1", "r1", $"r1{"abc"[(n - 1) / 3]}", $"k{n}", HostRole.Storage, "storage", "m1", n, HostDriver.Simulated);
}
